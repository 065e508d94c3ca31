import { Clock, Metrics, RateLimitedError, UnavailableError } from '@mpics/service-kit'
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common'
import { GatewayConfig } from '../config.js'
import { OpenStream, type StreamCaller } from './open-stream.js'

const RETRY_SECONDS = 5
const DRAIN_TIMEOUT_MS = 3_000

/** Bounds the streams of this replica, in all and for each caller, and ends all of them when it stops. */
@Injectable()
export class OpenStreams implements BeforeApplicationShutdown {
  private readonly streams = new Set<OpenStream>()
  private readonly bySession = new Map<string, Set<OpenStream>>()
  private readonly byCaller = new Map<string, Set<OpenStream>>()
  private stopping = false
  private drained?: () => void

  constructor(
    private readonly config: GatewayConfig,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    metrics.gauge('gateway_open_streams', 'Event streams that are open.', () => this.streams.size)
  }

  /** Takes a place, which the caller gives back with `release`. */
  open(caller: StreamCaller): OpenStream {
    if (this.stopping || this.streams.size >= this.config.GATEWAY_STREAMS) throw new UnavailableError()
    const open = this.byCaller.get(caller.key)?.size ?? 0
    if (open >= this.config.GATEWAY_STREAMS_PER_CALLER) throw new RateLimitedError(RETRY_SECONDS)
    const stream = new OpenStream(caller, this.clock.now().getTime())
    this.streams.add(stream)
    add(this.byCaller, caller.key, stream)
    if (caller.sessionId) add(this.bySession, caller.sessionId, stream)
    return stream
  }

  release(stream: OpenStream): void {
    const { key, sessionId } = stream.caller
    stream.end()
    this.streams.delete(stream)
    remove(this.byCaller, key, stream)
    if (sessionId) remove(this.bySession, sessionId, stream)
    if (this.streams.size === 0) this.drained?.()
  }

  get sessions(): Iterable<string> {
    return this.bySession.keys()
  }

  get ofMembers(): OpenStream[] {
    return [...this.streams].filter(({ caller }) => caller.token)
  }

  endSession(sessionId: string): void {
    for (const stream of this.bySession.get(sessionId) ?? []) stream.end()
  }

  endCaller(key: string): void {
    for (const stream of this.byCaller.get(key) ?? []) stream.end()
  }

  /** Before the server closes, since it waits for every answer to end. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true
    if (this.streams.size === 0) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.drained = resolve
    const timeout = setTimeout(resolve, DRAIN_TIMEOUT_MS)
    for (const stream of this.streams) stream.end()
    await promise
    clearTimeout(timeout)
  }
}

function add(index: Map<string, Set<OpenStream>>, key: string, stream: OpenStream): void {
  const streams = index.get(key)
  if (streams) streams.add(stream)
  else index.set(key, new Set([stream]))
}

function remove(index: Map<string, Set<OpenStream>>, key: string, stream: OpenStream): void {
  const streams = index.get(key)
  streams?.delete(stream)
  if (streams?.size === 0) index.delete(key)
}
