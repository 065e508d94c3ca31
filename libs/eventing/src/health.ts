import { Injectable } from '@nestjs/common'
import type { ConsumingHealth } from './consume/consuming-health.js'
import { EventServer } from './consume/event-server.js'
import { Outbox } from './outbox/outbox.js'

export interface EventingHealth extends Omit<ConsumingHealth, 'lost'> {
  /** False: only a new process helps. */
  live: boolean
  /** Stays true while a consumer that had joined is `crashed`: removing all replicas with Kafka would end what works without it. */
  ready: boolean
  /** Age of the oldest unpublished event; 0: none waits; null: MongoDB does not answer. */
  oldestUnpublishedMs: number | null
}

@Injectable()
export class EventingState {
  constructor(
    private readonly server: EventServer,
    private readonly outbox: Outbox,
  ) {}

  /** True when Kafka says that the group has nothing left to hear; false while Kafka does not answer. */
  async hasHeardAll(): Promise<boolean> {
    if (this.server.health().group !== 'joined') return false
    const lags = await this.server.lag().catch(() => undefined)
    return lags?.every(({ lag }) => lag === 0) ?? false
  }

  /** Asks no server: liveness must not depend on one. */
  consuming(): Omit<EventingHealth, 'oldestUnpublishedMs'> {
    const { lost, ...server } = this.server.health()
    const { group, replica, missingTopics } = server
    return {
      ...server,
      live: !lost,
      ready: group !== 'starting' && replica !== 'reading-back' && missingTopics.length === 0,
    }
  }

  async health(): Promise<EventingHealth> {
    return { ...this.consuming(), oldestUnpublishedMs: await this.outbox.age().catch(() => null) }
  }
}
