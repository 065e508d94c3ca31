import { Stream, type Readable } from 'node:stream'
import { DomainError } from '@mpics/contracts'
import { TooLargeError, UnavailableError } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EdgeRoute } from '../routes/edge-route.js'
import type { RouteHandler } from '../routes/route-controller.js'
import { RevokeOnLogOff } from '../auth/revoke-on-log-off.js'
import { capped } from './capped.js'
import { givenCookies } from './forwarded-cookies.js'
import { clientHeaders } from './upstream-headers.js'
import { upstreamPath } from './upstream-path.js'
import { UpstreamRequests } from './upstream-requests.js'
import { Upstreams } from './upstreams.js'

/** Streams a request to its service and the answer back. */
@Injectable()
export class Forward implements RouteHandler {
  constructor(
    private readonly upstreams: Upstreams,
    private readonly requests: UpstreamRequests,
    private readonly revoke: RevokeOnLogOff,
  ) {}

  async execute(route: EdgeRoute, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const path = upstreamPath(route.api.path, request.params as Record<string, string>)
    const headers = { ...(await this.requests.headersFor(route, request)), ...prepareBody(route, request) }
    await new Promise<void>((resolve, reject) => {
      reply.from(path, {
        ...heldBody(request),
        timeout: route.timeoutMs,
        retryDelay: () => null,
        getUpstream: () => this.upstreams.urlOf(route.api.service),
        rewriteRequestHeaders: (_request, { host }) => ({ ...headers, host }),
        rewriteHeaders: (answered) => {
          const given = givenCookies(route.cookies, answered['set-cookie'])
          return { ...clientHeaders(answered), ...(given.length > 0 && { 'set-cookie': given }) }
        },
        onResponse: (_request, answer, { stream }) => {
          this.revoke.after(route, request, reply.statusCode)
          answer.send(stream)
          resolve()
        },
        onError: (_reply, { error }) => reject(asDomainError(error)),
      })
    })
  }
}

/** Caps a streamed body, and lets only the type and length of a body pass. */
function prepareBody({ bodyLimit }: EdgeRoute, request: FastifyRequest): Record<string, string> {
  const { 'content-type': type, 'content-length': length } = request.headers
  if (length !== undefined && Number(length) > bodyLimit) throw new TooLargeError()
  if (request.body === undefined || request.body === null) return {}
  if (request.body instanceof Stream) {
    request.body = capped(request.body as Readable, bodyLimit)
    return { ...(type && { 'content-type': type }), ...(length && { 'content-length': length }) }
  }
  return { ...(type && { 'content-type': type }), 'content-length': String((request.body as Buffer).length) }
}

/** reply-from would serialise a body without a type. */
const heldBody = ({ body, headers }: FastifyRequest) =>
  Buffer.isBuffer(body) ? { body, contentType: headers['content-type'] ?? 'application/octet-stream' } : {}

function asDomainError(error: Error): DomainError {
  const { cause } = error
  return cause instanceof DomainError ? cause : new UnavailableError()
}
