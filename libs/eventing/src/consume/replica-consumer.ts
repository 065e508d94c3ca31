import { setTimeout as delay } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import type { KafkaClient } from '../kafka/kafka-client.js'
import { type Positions, type ReadMessage, type StartAt, TopicReader, UNKNOWN_TOPIC } from '../kafka/topic-reader.js'
import type { MessageHandling } from './handle-message.js'
import type { Origin } from '../topics/origin.js'
import { causesOf } from '../causes.js'
import { Heartbeat } from './heartbeat.js'
import { elapsed, here, type Moment } from './moment.js'
import { wordsOf } from '../words-of.js'
import { Attempts } from '../retry.js'

export interface ReplicaTopic {
  kafkaTopic: string
  topic: string
  readBackMs: number
}

export interface ReplicaConsumerParts {
  kafka: KafkaClient
  topics: readonly ReplicaTopic[]
  handling: MessageHandling
}

const WAIT_MS = 500
const MAX_PAUSE_MS = 2_000
/** The longest time for which an added partition may go unheard. */
const METADATA_MS = 5_000
const OF_ANOTHER_TOPIC = ['OFFSET_OUT_OF_RANGE', UNKNOWN_TOPIC]

/** Hears every event of its topics, in this replica alone: it has no group that could rebalance or be left behind. */
export class ReplicaConsumer {
  /** The replica has handled everything from the read-back age until now, once. */
  ready = false
  /** Why it hears nothing at present. */
  trouble?: string
  readonly heartbeat = new Heartbeat()
  private readonly logger = new Logger('EventServer')
  private readonly closing = new AbortController()
  private readonly positions: Positions = new Map()
  /** When it asked for what left nothing behind, for the last time. */
  private heardAll?: Moment
  private running?: Promise<void>

  constructor(private readonly parts: ReplicaConsumerParts) {}

  /** How long ago, at most, it had handled all that there was. A broker may answer at once, and the fetch wait for another. */
  get behindMs(): number {
    return this.heardAll ? elapsed(this.heardAll, here()) : Infinity
  }

  start(): void {
    this.running = this.keepReading()
  }

  async close(): Promise<void> {
    this.closing.abort()
    await this.running
  }

  private async keepReading(): Promise<void> {
    for (let failures = 0; !this.closing.signal.aborted; failures++) {
      const reader = new TopicReader(this.parts.kafka.kafka, METADATA_MS)
      try {
        await this.read(reader, () => (failures = 0))
      } catch (error) {
        this.trouble = wordsOf(error)
        this.heartbeat.failed(error)
        if (failures % 20 === 0) this.logger.warn(`Hearing events begins again: ${wordsOf(error)}`)
        if (reader.takeDoubt() || isOfAnotherTopic(error)) this.positions.clear()
        const pause = Math.min(MAX_PAUSE_MS, 100 * 2 ** failures)
        await delay(pause, undefined, { signal: this.closing.signal }).catch(() => undefined)
      } finally {
        await reader.disconnect()
      }
    }
  }

  private async read(reader: TopicReader, heard: () => void): Promise<void> {
    await reader.connect(this.parts.topics.map(({ kafkaTopic }) => kafkaTopic))
    while (!this.closing.signal.aborted) {
      for (const topic of this.parts.topics) await this.begin(reader, topic)
      await reader.addNew(this.positions)
      const asked = here()
      const found = await reader.fetch(this.positions, WAIT_MS)
      this.heartbeat.beat()
      this.trouble = undefined
      heard()
      for (const message of found) if (!this.closing.signal.aborted) await this.handle(message)
      if (reader.takeDoubt()) this.positions.clear()
      else if (reader.isAtEnd(this.positions)) this.heardAll = asked
      this.ready ||= this.heardAll !== undefined
    }
  }

  /** Whoever begins anew may have been away for longer than it reads back. Partitions that are added are read from their beginning. */
  private async begin(reader: TopicReader, { kafkaTopic, readBackMs }: ReplicaTopic): Promise<void> {
    if (this.positions.has(kafkaTopic)) return
    const from = Math.min(Date.now(), this.heardAll?.wall ?? Infinity)
    const at: StartAt = Number.isFinite(readBackMs) ? { since: from - readBackMs } : 'earliest'
    this.positions.set(kafkaTopic, await reader.positions(kafkaTopic, at))
  }

  private async handle({ topic, partition, message }: ReadMessage): Promise<void> {
    const origin: Origin = { topic: this.nameOf(topic), partition, replayed: false }
    const item = { message, finished: 0, attempts: new Attempts() }
    for (;;) {
      const outcome = await this.parts.handling.attempt(item, origin, this.closing.signal, false)
      if (typeof outcome !== 'number' || this.closing.signal.aborted) return
      // the consumer could hear if the handler's server were not away
      this.heartbeat.markExternalFailure()
      await delay(outcome, undefined, { signal: this.closing.signal }).catch(() => undefined)
    }
  }

  private nameOf(kafkaTopic: string): string {
    return this.parts.topics.find((topic) => topic.kafkaTopic === kafkaTopic)?.topic ?? kafkaTopic
  }
}

/** A topic that was made anew has other records in the places of before. */
function isOfAnotherTopic(error: unknown): boolean {
  for (const { type = '' } of causesOf(error)) if (OF_ANOTHER_TOPIC.includes(type)) return true
  return false
}
