import { PassThrough, type Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Dispatcher } from 'undici'
import { Clients } from '../clients/clients.js'
import { clientHeaders } from '../proxy/upstream-headers.js'
import { upstreamPath } from '../proxy/upstream-path.js'
import { UpstreamRequests } from '../proxy/upstream-requests.js'
import type { EdgeRoute } from '../routes/edge-route.js'
import { searchOf } from '../routes/request-path.js'
import type { RouteHandler } from '../routes/route-controller.js'
import type { OpenStream } from './open-stream.js'
import { OpenStreams } from './open-streams.js'
import { StreamUpstreams } from './stream-upstreams.js'

/** A client that does not read gets this long for the rest of an ended stream. */
const FLUSH_TIMEOUT_MS = 2_000
const EVENT_STREAM = 'text/event-stream'
/** `x-accel-buffering` keeps proxies in front from holding events back. */
const STREAM_HEADERS = { 'cache-control': 'private, no-store', 'x-accel-buffering': 'no' }

/** Passes the server-sent events of a service on, heartbeats included, until client, service, session or token ends. */
@Injectable()
export class ForwardStream implements RouteHandler {
  constructor(
    private readonly streams: OpenStreams,
    private readonly upstreams: StreamUpstreams,
    private readonly requests: UpstreamRequests,
    private readonly clients: Clients,
  ) {}

  async execute(route: EdgeRoute, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (request.method === 'HEAD') return void reply.headers(STREAM_HEADERS).type(EVENT_STREAM).send()
    const path = upstreamPath(route.api.path, request.params as Record<string, string>) + searchOf(request)
    const headers = await this.requests.headersFor(route, request)
    const stream = this.open(request, reply)
    const answer = await this.upstreams.open(route, path, headers, stream.signal)
    reply.status(answer.statusCode).headers(clientHeaders(answer.headers))
    if (!isEventStream(answer)) return void reply.send(Buffer.from(await answer.body.arrayBuffer()))
    relay(answer.body, reply.headers(STREAM_HEADERS), stream)
  }

  private open(request: FastifyRequest, reply: FastifyReply): OpenStream {
    const stream = this.streams.open({
      key: this.clients.limitKeyOf(request),
      sessionId: request.caller?.member?.sessionId,
      token: request.verifiedToken,
    })
    const release = () => this.streams.release(stream)
    // also for a client that was gone before
    finished(reply.raw).then(release, release)
    return stream
  }
}

function relay(body: Readable, reply: FastifyReply, { signal }: OpenStream): void {
  const events = new PassThrough()
  const end = () => {
    events.end()
    const timeout = setTimeout(() => reply.raw.destroy(), FLUSH_TIMEOUT_MS)
    reply.raw.once('close', () => clearTimeout(timeout))
  }
  finished(body, { signal }).then(end, end)
  body.pipe(events, { end: false })
  // headers would otherwise wait for the first event, and the client for the end of connecting
  reply.raw.once('pipe', () => reply.raw.flushHeaders())
  reply.send(events)
}

const isEventStream = ({ statusCode, headers }: Dispatcher.ResponseData): boolean =>
  statusCode === 200 && String(headers['content-type']).startsWith(EVENT_STREAM)
