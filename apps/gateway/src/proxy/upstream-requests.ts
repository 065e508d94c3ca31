import { InternalTokens, timeBudget } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { ownersEtags } from './composed-etag.js'
import { Clients } from '../clients/clients.js'
import type { EdgeRoute } from '../routes/edge-route.js'
import { cookiesFor } from './forwarded-cookies.js'
import { upstreamHeaders } from './upstream-headers.js'

/** Makes the headers for a service: those that the client may set, and the identity that the gateway found. */
@Injectable()
export class UpstreamRequests {
  constructor(
    private readonly tokens: InternalTokens,
    private readonly clients: Clients,
  ) {}

  async headersFor(
    { api, cookies, country, network, timeoutMs }: EdgeRoute,
    request: FastifyRequest,
  ): Promise<Record<string, string>> {
    const cookie = cookiesFor(cookies, request.headers.cookie)
    const from = country ? await this.clients.countryOf(request) : null
    const headers = upstreamHeaders(request.headers, {
      authorization: `Bearer ${this.tokens.tokenFor(api.service, request.caller?.member)}`,
      'x-request-id': request.id,
      ...timeBudget(timeoutMs),
      ...(from && { 'x-client-country': from }),
      ...(network && { 'x-client-network': this.clients.networkOf(request) }),
      ...(cookie && { cookie }),
    })
    if (headers['if-match']) headers['if-match'] = ownersEtags(headers['if-match'])
    return headers
  }

  /** For a part of an answer: nothing that the client says but who asks, so that the part is the same for others who ask as they do. */
  headersOfRead({ api, timeoutMs }: EdgeRoute, { caller, id }: FastifyRequest): Record<string, string> {
    return {
      authorization: `Bearer ${this.tokens.tokenFor(api.service, caller?.member)}`,
      'x-request-id': id,
      ...timeBudget(timeoutMs),
    }
  }
}
