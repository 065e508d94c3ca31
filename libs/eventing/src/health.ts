import { Injectable } from '@nestjs/common'
import type { ConsumingHealth } from './consume/consuming-health.js'
import { EventServer } from './consume/event-server.js'
import { Outbox } from './outbox/outbox.js'

/** What liveness and readiness can say of the events. */
export interface EventingHealth extends Omit<ConsumingHealth, 'lost'> {
  /** False: only a new process helps. */
  live: boolean
  /**
   * False: do not send requests yet. Stays true while a consumer that had joined is `crashed`: events wait in Kafka, what was
   * read stays, and to take all replicas away with Kafka would end what goes on without it. Whoever shows this shows `trouble` too.
   */
  ready: boolean
  /** Age of the oldest unpublished event; 0: none waits; null: MongoDB does not say. */
  oldestUnpublishedMs: number | null
}

@Injectable()
export class EventingState {
  constructor(
    private readonly server: EventServer,
    private readonly outbox: Outbox,
  ) {}

  /** What is known without asking a server: liveness must not depend on one. */
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
