import { gateway } from '@mpics/contracts'
import { type BatchedEvent, EventConsumer, OnBatch } from '@mpics/eventing'
import { ConcurrentChangeError } from '@mpics/mongo'
import { RequestHoursRepository } from '../requests/request-hours.repository.js'
import type { ServedRequest } from '../requests/request-hour.js'
import { hourOf } from '../view-log/logged-view.js'

type Served = BatchedEvent<typeof gateway.requestServed>

@EventConsumer()
export class CountRequests {
  constructor(private readonly hours: RequestHoursRepository) {}

  @OnBatch(gateway.requestServed, { idempotence: 'natural', max: 1_000 })
  async handle(events: Served[]): Promise<void> {
    const byHour = Map.groupBy(
      events,
      (event) => `${hourOf(new Date(event.envelope.data.occurredAt)).toISOString()} ${event.source}`,
    )
    for (const group of byHour.values()) {
      const { envelope, source } = group[0]!
      const hour = hourOf(new Date(envelope.data.occurredAt))
      await this.count(hour, source, group.map(requestOf))
    }
  }

  private async count(hour: Date, source: string, requests: readonly ServedRequest[]): Promise<void> {
    await this.hours.count(hour, source, requests).catch((error: unknown) => {
      if (!(error instanceof ConcurrentChangeError)) throw error
      return this.hours.count(hour, source, requests)
    })
  }
}

const requestOf = ({ envelope: { data }, offset }: Served): ServedRequest => {
  const { route, method, status, durationMs, weight = 1 } = data
  return { offset, route, method, status, durationMs, weight }
}
