import { setTimeout as delay } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import type { Consumer, EachBatchPayload } from 'kafkajs'
import type { Message } from '../envelope/read-record.js'
import type { KafkaClient } from '../kafka/kafka-client.js'
import { reasonOf } from './dead-letter-writer.js'
import type { Inheritance, PartitionWork } from './partition.js'

export type GroupState = 'starting' | 'joined' | 'rebalancing' | 'crashed' | 'stopped'

export interface GroupConsumerParts {
  kafka: KafkaClient
  groupId: string
  /** As Kafka knows them. */
  topics: readonly string[]
  sessionTimeoutMs: number
  makePartition: (topic: string, partition: number, before: Inheritance | undefined) => PartitionWork
}

const COMMIT_MS = 200
const PATIENCE_MS = 200
const LONGEST_PAUSE_MS = 2_000
const MISSING_TOPIC_MS = 10_000

/**
 * A member of the service's consumer group. Batches are handed to their partitions and fetching goes on, so that kafkajs's
 * heart beats however long a handler takes; what is done is committed a little later, many at a time.
 */
export class GroupConsumer {
  state: GroupState = 'starting'
  missing: readonly string[] = []
  lastHeard = performance.now()
  private readonly logger = new Logger('EventServer')
  private readonly partitions = new Map<string, PartitionWork>()
  private readonly leaving = new Map<string, Inheritance>()
  private readonly closing = new AbortController()
  private consumer?: Consumer
  private running?: Promise<void>
  private committing?: Promise<void>
  private timer?: NodeJS.Timeout

  constructor(private readonly parts: GroupConsumerParts) {}

  get parked(): number {
    return [...this.partitions.values()].reduce((sum, { parked }) => sum + parked, 0)
  }

  start(): void {
    this.running = this.keepRunning()
  }

  /** Stops fetching, lets what runs end, commits, leaves the group. */
  async close(graceMs: number): Promise<void> {
    this.closing.abort()
    await this.release(graceMs)
    await this.disconnect()
    await this.running
    this.state = 'stopped'
  }

  /** A consumer that crashed is replaced, for as long as the application runs. */
  private async keepRunning(): Promise<void> {
    for (let failures = 0; !this.closing.signal.aborted; failures++) {
      const since = performance.now()
      const reason = await this.runOnce().catch((error: unknown) => error)
      await this.release(0)
      await this.disconnect()
      if (this.closing.signal.aborted) return
      this.state = 'crashed'
      if (performance.now() - since > 30_000) failures = 0
      if (failures % 10 === 0) this.logger.warn(`Consuming begins again: ${reasonOf(reason)}`)
      const pause = Math.min(LONGEST_PAUSE_MS, 100 * 2 ** failures) * (0.5 + Math.random() / 2)
      await delay(pause, undefined, { signal: this.closing.signal }).catch(() => undefined)
    }
  }

  /** Resolves, with the reason, when the consumer has crashed or must be made anew. */
  private async runOnce(): Promise<unknown> {
    const topics = await this.existingTopics()
    const { kafka, groupId, sessionTimeoutMs } = this.parts
    const beforeRejoin = () => this.release(sessionTimeoutMs / 3)
    const consumer = kafka.consumer({ groupId, sessionTimeoutMs, beforeRejoin })
    this.consumer = consumer
    const ended = new Promise<unknown>((resolve) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => resolve(payload.error))
      this.closing.signal.addEventListener('abort', () => resolve('closing'), { once: true })
      if (this.missing.length > 0) void this.appearance().then(() => resolve('a missing topic was created'))
    })
    this.listen(consumer)
    await consumer.connect()
    await consumer.subscribe({ topics, fromBeginning: true })
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 64,
      eachBatch: (payload) => this.take(payload),
    })
    return ended
  }

  private listen(consumer: Consumer): void {
    const heard = () => (this.lastHeard = performance.now())
    consumer.on(consumer.events.FETCH, heard)
    consumer.on(consumer.events.HEARTBEAT, heard)
    consumer.on(consumer.events.GROUP_JOIN, () => {
      if (this.closing.signal.aborted) return
      this.state = 'joined'
      heard()
    })
  }

  private async existingTopics(): Promise<string[]> {
    const admin = this.parts.kafka.admin()
    try {
      await admin.connect()
      const existing = new Set(await admin.listTopics())
      this.lastHeard = performance.now()
      const missing = this.parts.topics.filter((topic) => !existing.has(topic))
      if (missing.length > 0 && missing.join() !== this.missing.join())
        this.logger.error(`Topics are missing: ${missing.join(', ')}. Create them with: mpics topics create`)
      this.missing = missing
      const found = this.parts.topics.filter((topic) => existing.has(topic))
      if (found.length === 0) throw new Error('none of the topics exists')
      return found
    } finally {
      await admin.disconnect().catch(() => undefined)
    }
  }

  /** Resolves when a topic that was missing exists. */
  private async appearance(): Promise<void> {
    const missing = this.missing.length
    while (this.missing.length >= missing && !this.closing.signal.aborted) {
      await delay(MISSING_TOPIC_MS, undefined, { signal: this.closing.signal, ref: false }).catch(() => undefined)
      if (this.closing.signal.aborted) return
      await this.existingTopics().catch(() => undefined)
    }
  }

  private async take({ batch, resolveOffset, pause, heartbeat, isRunning, isStale }: EachBatchPayload): Promise<void> {
    if (this.state !== 'joined') return
    const work = this.partitionOf(batch.topic, batch.partition)
    for (const message of batch.messages) {
      if (!isRunning() || isStale() || this.state !== 'joined') return
      if (work.full && !(await hasRoomSoon(work))) {
        // the rest is fetched again when there is room
        const resume = pause()
        void work.room().then(resume)
        break
      }
      if (this.partitions.get(keyOf(batch)) !== work) return
      work.accept(message as Message)
      resolveOffset(message.offset)
    }
    this.scheduleCommit()
    await heartbeat()
  }

  private partitionOf(topic: string, partition: number): PartitionWork {
    const key = keyOf({ topic, partition })
    const known = this.partitions.get(key)
    if (known) return known
    const made = this.parts.makePartition(topic, partition, this.leaving.get(key))
    this.partitions.set(key, made)
    return made
  }

  /** Before the partitions may go to others: nothing new begins, what runs may end, what is done is committed. */
  private async release(graceMs: number): Promise<void> {
    if (this.state === 'joined') this.state = 'rebalancing'
    const leaving = [...this.partitions.values()]
    for (const work of leaving) {
      work.end()
      this.leaving.set(keyOf(work), { quiet: work.quiet(), doneAhead: () => work.doneAhead() })
    }
    const quiet = Promise.all(leaving.map((work) => work.quiet()))
    await Promise.race([quiet, delay(graceMs, undefined, { ref: false })])
    if (leaving.length > 0)
      await Promise.race([this.commit().catch(() => undefined), delay(2_000, undefined, { ref: false })])
    this.partitions.clear()
    clearTimeout(this.timer)
    this.timer = undefined
  }

  private scheduleCommit(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      void this.commit()
        .catch(() => undefined)
        .then(() => this.unfinished && this.scheduleCommit())
    }, COMMIT_MS)
  }

  /** Whether something that was taken is not committed yet. */
  private get unfinished(): boolean {
    return [...this.partitions.values()].some((work) => work.busy || work.position !== work.committed)
  }

  private async commit(): Promise<void> {
    await this.committing?.catch(() => undefined)
    this.committing = this.commitDue()
    await this.committing
  }

  private async commitDue(): Promise<void> {
    const due = [...this.partitions.values()].flatMap((work) => {
      const { position } = work
      return position === undefined || position === work.committed ? [] : [{ work, position }]
    })
    if (due.length === 0 || !this.consumer) return
    const offsets = due.map(({ work: { topic, partition }, position }) => ({
      topic,
      partition,
      offset: String(position),
    }))
    await this.consumer.commitOffsets(offsets)
    for (const { work, position } of due) work.committed = position
  }

  private async disconnect(): Promise<void> {
    const consumer = this.consumer
    this.consumer = undefined
    // kafkajs may wait for ever for a broker that went away
    await Promise.race([consumer?.disconnect().catch(() => undefined), delay(3_000, undefined, { ref: false })])
  }
}

const keyOf = ({ topic, partition }: { topic: string; partition: number }): string => `${topic}/${partition}`

/** A pause costs up to a whole fetch; a handler that is merely a little behind is waited for. */
async function hasRoomSoon(work: PartitionWork): Promise<boolean> {
  await Promise.race([work.room(), delay(PATIENCE_MS)])
  return !work.full
}
