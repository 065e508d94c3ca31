import { DAY_MS } from '@mpics/contracts/durations'
import { Logger } from '@nestjs/common'
import type { Message, Producer } from 'kafkajs'
import { toRecord, topicOf } from '../envelope/record.js'
import type { EventingOptions } from '../eventing-options.js'
import { failPoint } from '../fail-point.js'
import { refusalOf } from './kafka-refusal.js'
import type { Pending } from './outbox-source.js'
import type { OutboxEntry } from './stamp.js'
import { wordsOf } from '../words-of.js'

export interface Refused {
  event: OutboxEntry
  reason: string
}

export interface RelayProducerParts {
  connect: () => Producer
  existingTopics: () => Promise<ReadonlySet<string>>
  options: EventingOptions
  /** False as soon as another process may hold the lease. */
  mayPublish: () => boolean
  sent: (count: number) => void
  /** Keeps an event that Kafka will never take, so that it does not hold up the others. */
  setAside: (refused: Refused) => Promise<void>
}

/** Kafka forgets a producer's name after 7 days (transactional.id.expiration.ms), and its fence with it. */
const MAX_TERM_MS = DAY_MS

/** The lease is in doubt: the relay may send nothing more. */
export class LeaseLostError extends Error {}

/** Sends the relay's batches, and finds the topic or event to blame when Kafka refuses one. */
export class RelayProducer {
  private readonly logger = new Logger('Outbox')
  private producer?: Producer
  private connectedAt = 0
  private careful = false
  /** Topics that Kafka refuses now. Their events stay in the outbox, in order, until the next term. */
  readonly blocked = new Set<string>()
  private existing: ReadonlySet<string> = new Set()
  private complained?: string

  constructor(private readonly parts: RelayProducerParts) {}

  async begin(): Promise<void> {
    this.blocked.clear()
    this.existing = await this.parts.existingTopics()
  }

  /** Resolves to the events that need no second publishing: all but those of blocked topics. */
  async publish(found: readonly Pending[]): Promise<readonly Pending[]> {
    const byTopic = this.sendable(found)
    if (byTopic.size === 0) return []
    await this.send(byTopic)
    return this.withoutBlocked(found)
  }

  /** Sees whether a blocked topic exists: a missing one is not worth a try. */
  async mayUnblock(): Promise<boolean> {
    const existing = await this.parts.existingTopics()
    return [...this.blocked].some((topic) => existing.has(this.parts.options.topic(topic)))
  }

  async disconnect(): Promise<void> {
    const producer = this.producer
    this.producer = undefined
    await producer?.disconnect().catch(() => undefined)
  }

  private async send(byTopic: Map<string, OutboxEntry[]>): Promise<void> {
    if (!this.careful) return this.trySend(byTopic)
    for (const [topic, events] of byTopic) await this.sendCarefully(topic, events)
    this.careful = this.blocked.size > 0
  }

  private async sendCarefully(topic: string, events: OutboxEntry[]): Promise<void> {
    try {
      await this.trySend(new Map([[topic, events]]))
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal === 'topic') this.block(topic, error)
      else if (refusal !== 'too-large') throw error
      else if (events.length === 1) await this.setAside(events[0]!, error)
      else for (const event of events) if (!this.blocked.has(topic)) await this.sendCarefully(topic, [event])
    }
  }

  private async trySend(byTopic: Map<string, OutboxEntry[]>): Promise<void> {
    const producer = await this.connected()
    await failPoint('relay.beforeSend')
    if (!this.parts.mayPublish()) throw new LeaseLostError()
    const { service, site } = this.parts.options
    const topicMessages = [...byTopic].map(([topic, events]) => ({
      topic: this.parts.options.topic(topic),
      messages: events.map((event): Message => toRecord(service, event, site)),
    }))
    try {
      await producer.sendBatch({ acks: -1, topicMessages })
    } catch (error) {
      // a failed idempotent producer has lost its place: the next one starts anew
      await this.disconnect()
      this.careful = true
      throw error
    }
    for (const { messages } of topicMessages) this.parts.sent(messages.length)
    await failPoint('relay.afterSend')
  }

  /** Connecting raises the producer's epoch: from its first record on, Kafka refuses older holders. */
  private async connected(): Promise<Producer> {
    if (performance.now() - this.connectedAt > MAX_TERM_MS) await this.disconnect()
    if (this.producer) return this.producer
    if (!this.parts.mayPublish()) throw new LeaseLostError()
    const producer = this.parts.connect()
    await producer.connect()
    this.connectedAt = performance.now()
    this.producer = producer
    return producer
  }

  private blockMissing(topic: string): void {
    if (!this.blocked.has(topic) && !this.existing.has(this.parts.options.topic(topic)))
      this.block(topic, 'it does not exist, or no right allows to see it')
  }

  private block(topic: string, reason: unknown): void {
    this.blocked.add(topic)
    if (this.complained !== topic)
      this.logger.error(`Kafka refuses the topic ${topic}: ${String(reason)}. Its events wait in the outbox.`)
    this.complained = topic
  }

  private async setAside(event: OutboxEntry, error: unknown): Promise<void> {
    this.logger.error(`Kafka refuses ${event.type} ${event.id} for good: ${wordsOf(error)}. It is set aside.`)
    await this.parts.setAside({ event, reason: wordsOf(error) })
  }

  private sendable(found: readonly Pending[]): Map<string, OutboxEntry[]> {
    const byTopic = new Map<string, OutboxEntry[]>()
    for (const { events } of found)
      for (const event of events) {
        const topic = topicOf(event.type)
        const same = byTopic.get(topic)
        if (same) same.push(event)
        else byTopic.set(topic, [event])
      }
    for (const topic of byTopic.keys()) this.blockMissing(topic)
    for (const topic of this.blocked) byTopic.delete(topic)
    return byTopic
  }

  /** Events before the first blocked one may go; so may events behind it on other topics. */
  private withoutBlocked(found: readonly Pending[]): readonly Pending[] {
    if (this.blocked.size === 0) return found
    const unblocked = ({ type }: OutboxEntry) => !this.blocked.has(topicOf(type))
    return found
      .map((pending) => ({ ...pending, events: pending.events.filter(unblocked) }))
      .filter(({ events }) => events.length > 0)
  }
}
