import { EventPublisher } from '@mpics/eventing'
import { Clock, Metrics } from '@mpics/service-kit'
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common'
import type { Counter } from 'prom-client'
import { RequestSums, type ServedRequest } from './request-sums.js'

const GATHER_MS = 1_000

/**
 * Tells of the requests that were answered, once a second, after their answers. What Kafka does not take is counted and forgotten: no
 * request waits for it, and no page view gives way to it.
 */
@Injectable()
export class ServedRequests implements BeforeApplicationShutdown {
  private sums = new RequestSums()
  private timer?: NodeJS.Timeout
  private telling?: Promise<void>
  private readonly untold: Counter

  constructor(
    private readonly publisher: EventPublisher,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.untold = metrics.counter('gateway_requests_untold_total', 'Requests that Kafka was not told of.')
  }

  note(request: ServedRequest): void {
    this.sums.add(request)
    this.timer ??= setTimeout(() => void this.tell(), GATHER_MS).unref()
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer)
    await this.telling
    await this.tell()
  }

  /** While Kafka is slow, the next ones gather. */
  private async tell(): Promise<void> {
    if (this.telling) await this.telling
    clearTimeout(this.timer)
    this.timer = undefined
    const sums = this.sums
    this.sums = new RequestSums()
    if (sums.requests === 0) return
    this.telling = this.publisher
      .publish(sums.events(this.clock.now()))
      .catch(() => this.untold.inc(sums.requests))
      .finally(() => (this.telling = undefined))
    await this.telling
  }
}
