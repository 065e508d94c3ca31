import { Injectable } from '@nestjs/common'
import { EventServer } from './consume/event-server.js'
import type { GroupState } from './consume/group-consumer.js'
import { Outbox } from './outbox/outbox.js'

/** What liveness and readiness can say of the events. */
export interface EventingHealth {
  /** False: only a new process helps. */
  live: boolean
  /** False: do not send requests that depend on events yet. */
  ready: boolean
  group: GroupState | 'none'
  replica: 'none' | 'reading-back' | 'ready'
  missingTopics: readonly string[]
  /** Since when Kafka was not heard of, by what consumes here. */
  silentMs: number
  /** Keys whose event failed and waits for another attempt. */
  parked: number
  /** Why nothing is consumed at present, in Kafka's words. */
  trouble?: string
  /** Age of the oldest unpublished event; 0: none waits; null: MongoDB does not say. */
  oldestUnpublishedMs: number | null
}

const SILENT_TOO_LONG_MS = 120_000

@Injectable()
export class EventingState {
  constructor(
    private readonly server: EventServer,
    private readonly outbox: Outbox,
  ) {}

  /** What is known without asking a server: liveness must not depend on one. */
  consuming(): Omit<EventingHealth, 'oldestUnpublishedMs'> {
    const server = this.server.health()
    return {
      ...server,
      // a joined consumer beats its heart every few seconds; one that is silent without having crashed hangs
      live: !(server.group === 'joined' && server.silentMs > SILENT_TOO_LONG_MS),
      ready: server.group !== 'starting' && server.replica !== 'reading-back' && server.missingTopics.length === 0,
    }
  }

  async health(): Promise<EventingHealth> {
    return { ...this.consuming(), oldestUnpublishedMs: await this.outbox.age().catch(() => null) }
  }
}
