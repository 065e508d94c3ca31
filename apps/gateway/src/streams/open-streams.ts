import { Clock, Metrics, RateLimitedError, UnavailableError } from '@mpics/service-kit'
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common'
import { OpenAnswers } from '../auth/open-answers.js'
import { GatewayConfig } from '../config.js'
import { OpenStream, type StreamCaller } from './open-stream.js'

const RETRY_SECONDS = 5
const DRAIN_TIMEOUT_MS = 3_000

/** Bounds the streams of this replica, in all and for each caller, and ends all of them when it stops. */
@Injectable()
export class OpenStreams implements BeforeApplicationShutdown {
  private readonly streams = new Map<OpenStream, () => void>()
  private readonly byCaller = new Map<string, number>()
  private stopping = false
  private drained?: () => void

  constructor(
    private readonly config: GatewayConfig,
    private readonly clock: Clock,
    private readonly answers: OpenAnswers,
    metrics: Metrics,
  ) {
    metrics.gauge('gateway_open_streams', 'Event streams that are open.', () => this.streams.size)
  }

  /** Takes a place, which the caller gives back with `release`. */
  open(caller: StreamCaller): OpenStream {
    if (this.stopping || this.streams.size >= this.config.GATEWAY_STREAMS) throw new UnavailableError()
    const before = this.byCaller.get(caller.key) ?? 0
    if (before >= this.config.GATEWAY_STREAMS_PER_CALLER) throw new RateLimitedError(RETRY_SECONDS)
    const stream = new OpenStream(caller, this.clock.now().getTime())
    const { sessionId, token } = caller
    this.streams.set(stream, this.answers.watch({ sessionId, token, end: () => stream.end() }))
    this.byCaller.set(caller.key, before + 1)
    return stream
  }

  release(stream: OpenStream): void {
    stream.end()
    this.streams.get(stream)?.()
    if (this.streams.delete(stream)) this.leave(stream.caller.key)
    if (this.streams.size === 0) this.drained?.()
  }

  /** Before the server closes, since it waits for every answer to end. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true
    if (this.streams.size === 0) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.drained = resolve
    const timeout = setTimeout(resolve, DRAIN_TIMEOUT_MS)
    for (const stream of this.streams.keys()) stream.end()
    await promise
    clearTimeout(timeout)
  }

  private leave(key: string): void {
    const left = this.byCaller.get(key)! - 1
    if (left > 0) this.byCaller.set(key, left)
    else this.byCaller.delete(key)
  }
}
