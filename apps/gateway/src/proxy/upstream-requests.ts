import { InternalTokens } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { ownersEtags } from './composed-etag.js'
import { Clients } from '../clients/clients.js'
import type { EdgeRoute } from '../routes/edge-route.js'
import { cookiesFor } from './forwarded-cookies.js'
import { upstreamHeaders } from './upstream-headers.js'

/** What the service of a route is told of a request: what the client may say, and who the edge found it to be. */
@Injectable()
export class UpstreamRequests {
  constructor(
    private readonly tokens: InternalTokens,
    private readonly clients: Clients,
  ) {}

  async headersFor({ api, cookies, country }: EdgeRoute, request: FastifyRequest): Promise<Record<string, string>> {
    const cookie = cookiesFor(cookies, request.headers.cookie)
    const from = country ? await this.clients.countryOf(request) : null
    const headers = upstreamHeaders(request.headers, {
      authorization: `Bearer ${this.tokens.tokenFor(api.service, request.caller?.member)}`,
      'x-request-id': request.id,
      ...(from && { 'x-client-country': from }),
      ...(cookie && { cookie }),
    })
    if (headers['if-match']) headers['if-match'] = ownersEtags(headers['if-match'])
    return headers
  }
}
