import { type Readable, Stream } from 'node:stream'
import { DomainError } from '@mpics/contracts'
import { TooLargeError, UnavailableError } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EdgeRoute } from '../routes/edge-route.js'
import { searchOf } from '../routes/request-path.js'
import type { RouteHandler } from '../routes/route-controller.js'
import { LinkedSessions } from '../auth/linked-sessions.js'
import { AfterChanges } from './after-changes.js'
import { capped } from './capped.js'
import { ClientTransfers } from './client-transfers.js'
import { givenCookies } from './forwarded-cookies.js'
import { poolKindOf } from './pool-kind.js'
import { clientHeaders } from './upstream-headers.js'
import { upstreamPath } from './upstream-path.js'
import { UpstreamRequests } from './upstream-requests.js'
import { Upstreams } from './upstreams.js'
import { wholeOf } from './whole-of.js'

/** The gateway takes a short answer whole, so that its client’s speed is nothing to the service. */
const MAX_HELD_BYTES = 64 * 1024

const WHOLE_ANSWER = new Set(['content-length', 'content-range', 'content-disposition', 'etag', 'last-modified'])

/** Passes a request on to its service and the answer back. Uploads and long answers stream. */
@Injectable()
export class Forward implements RouteHandler {
  constructor(
    private readonly upstreams: Upstreams,
    private readonly requests: UpstreamRequests,
    private readonly changes: AfterChanges,
    private readonly transfers: ClientTransfers,
    private readonly links: LinkedSessions,
  ) {}

  async execute(route: EdgeRoute, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (route.sessionLinks) await this.links.refuseEnded(request)
    const { service, path: template } = route.api
    const path = upstreamPath(template, request.params as Record<string, string>)
    const own = await this.requests.headersFor(route, request)
    if (isShortRead(route, request)) return this.answerRead(route, path + searchOf(request), own, reply)
    const headers = { ...own, ...(await this.prepareBody(route, request)) }
    await this.transfers.openAnswer(route, request, reply)
    this.transfers.holdBody(request, reply)
    await new Promise<void>((resolve, reject) => {
      reply.from(path, {
        ...heldBody(request),
        timeout: route.timeoutMs,
        retryDelay: () => null,
        getUpstream: () => this.upstreams.originOf(service, poolKindOf(route)),
        rewriteRequestHeaders: () => ({ ...headers, host: this.upstreams.hostOf(service) }),
        rewriteHeaders: (answered) => {
          const given = givenCookies(route.cookies, answered['set-cookie'])
          return { ...clientHeaders(answered), ...(given.length > 0 && { 'set-cookie': given }) }
        },
        onResponse: (_request, _reply, { stream }) => {
          this.changes.note(route, request, reply.statusCode)
          this.send(route, reply, stream as Readable).then(resolve, reject)
        },
        onError: (_reply, { error }) => reject(this.refusalOf(error, reply)),
      })
    })
  }

  private async answerRead(
    route: EdgeRoute,
    path: string,
    headers: Record<string, string>,
    reply: FastifyReply,
  ): Promise<void> {
    const origin = this.upstreams.originOf(route.api.service, 'calls')
    const read = this.upstreams.read(origin, path, headers, route.timeoutMs)
    const {
      status,
      headers: answered,
      body,
    } = await read.catch((error: unknown) => {
      throw this.refusalOf(error as Error, reply)
    })
    const { 'content-length': _, ...given } = clientHeaders(answered as Record<string, string | string[]>)
    // an empty body would be told by its length, which a 304 must not (RFC 9110 §8.6)
    reply
      .status(status)
      .headers(given)
      .send(body.length > 0 ? body : undefined)
  }

  /** Caps a streamed body, and lets only the type and length of a body pass. */
  private async prepareBody(route: EdgeRoute, request: FastifyRequest): Promise<Record<string, string>> {
    const { bodyLimit } = route
    const { 'content-type': type, 'content-length': length } = request.headers
    if (length !== undefined && Number(length) > bodyLimit) throw new TooLargeError()
    if (request.body === undefined || request.body === null) return {}
    if (request.body instanceof Stream) {
      const body = capped(request.body as Readable, bodyLimit)
      await this.transfers.openUpload(route, request, body)
      request.body = body
      return { ...(type && { 'content-type': type }), ...(length && { 'content-length': length }) }
    }
    return { ...(type && { 'content-type': type }), 'content-length': String((request.body as Buffer).length) }
  }

  private async send(route: EdgeRoute, reply: FastifyReply, stream: Readable): Promise<void> {
    const length = Number(reply.getHeader('content-length') ?? Infinity)
    if (reply.request.method === 'HEAD') return void reply.send(stream)
    if (length > MAX_HELD_BYTES) {
      this.transfers.endWithCaller(route, reply.request, reply)
      return void reply.send(stream)
    }
    try {
      reply.send(await wholeOf(stream))
    } catch (error) {
      for (const name of Object.keys(reply.getHeaders())) if (WHOLE_ANSWER.has(name)) reply.removeHeader(name)
      throw this.refusalOf(error as Error, reply)
    }
  }

  /** A client that broke off itself is no failure. */
  private refusalOf(error: Error, { raw }: FastifyReply): DomainError {
    if (error.cause instanceof DomainError) return error.cause
    if (!raw.destroyed) this.upstreams.noteFailure(error)
    return new UnavailableError()
  }
}

/** Answers to these are JSON of bounded length, and give no cookies. */
const isShortRead = (route: EdgeRoute, { method, body }: FastifyRequest): boolean =>
  method === 'GET' &&
  (body === undefined || body === null) &&
  route.cookies.length === 0 &&
  route.api.answerTypes === undefined &&
  poolKindOf(route) === 'calls'

/** reply-from would serialise a body without a type. */
const heldBody = ({ body, headers }: FastifyRequest) =>
  Buffer.isBuffer(body) ? { body, contentType: headers['content-type'] ?? 'application/octet-stream' } : {}
