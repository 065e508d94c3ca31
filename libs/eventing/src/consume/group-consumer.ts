import { setTimeout as delay } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import type { Consumer, EachBatchPayload, KafkaMessage } from 'kafkajs'
import { DISCONNECT_TIMEOUT_MS } from '../kafka/disconnect-timeout.js'
import type { KafkaClient } from '../kafka/kafka-client.js'
import { Assignment, type MakePartition } from './assignment.js'
import type { PartitionWork } from './partition.js'
import { Heartbeat } from './heartbeat.js'
import { atMost } from '../within.js'
import { wordsOf } from '../words-of.js'
import { WantedTopics } from './wanted-topics.js'
import { TOLD_EVERY } from '../told-every.js'

export type GroupState = 'starting' | 'joined' | 'rebalancing' | 'crashed' | 'stopped'

export interface GroupConsumerParts {
  kafka: KafkaClient
  groupId: string
  topics: readonly string[]
  sessionTimeoutMs: number
  gatherMs?: number
  makePartition: MakePartition
}

const COMMIT_MS = 200
const CAPACITY_TIMEOUT_MS = 200
const MAX_PAUSE_MS = 2_000
const MISSING_TOPIC_MS = 10_000

/** A member of the service's group. It goes on fetching while handlers run, so that kafkajs's heart beats however long they take. */
export class GroupConsumer {
  state: GroupState = 'starting'
  trouble?: string
  readonly heartbeat = new Heartbeat()
  private readonly logger = new Logger('EventServer')
  private uncommitted = 0
  private readonly closing = new AbortController()
  private readonly topics: WantedTopics
  private readonly assignment: Assignment
  private consumer?: Consumer
  private leaving?: AbortController
  private running?: Promise<void>
  private joining?: Promise<void>
  private timer?: NodeJS.Timeout
  private endRun?: (reason: unknown) => void

  constructor(private readonly parts: GroupConsumerParts) {
    this.topics = new WantedTopics(parts.kafka, parts.topics)
    this.assignment = new Assignment(parts.makePartition, async (offsets) => this.consumer?.commitOffsets(offsets))
  }

  get parked(): number {
    return this.assignment.parked
  }

  get missing(): readonly string[] {
    return this.topics.missing
  }

  start(): void {
    this.running = this.keepRunning()
  }

  /** Stops taking, lets running handlers end, commits, leaves the group. */
  async close(graceMs: number): Promise<void> {
    this.closing.abort()
    this.endRun?.('closing')
    await this.release(graceMs)
    await this.disconnect()
    await this.running
    this.state = 'stopped'
  }

  /** Replaces a consumer that crashed, for as long as the application runs. */
  private async keepRunning(): Promise<void> {
    for (let failures = 0; !this.closing.signal.aborted; failures++) {
      const since = performance.now()
      const reason = await this.runOnce().catch((error: unknown) => error)
      if (this.closing.signal.aborted) return
      this.trouble = this.whyOf(reason)
      this.heartbeat.failed(reason)
      await this.release(0)
      await this.disconnect()
      // one that never joined is still starting: the replica has not been ready yet
      if (this.state !== 'starting') this.state = 'crashed'
      if (performance.now() - since > 30_000) failures = 0
      if (failures % 10 === 0) this.logger.warn(`Consuming begins again: ${this.trouble}`)
      await this.pause(Math.min(MAX_PAUSE_MS, 100 * 2 ** failures) * (0.5 + Math.random() / 2))
    }
  }

  /** kafkajs reports a missing right to the group as a coordinator that cannot be found. */
  private whyOf(reason: unknown): string {
    if ((reason as Error | undefined)?.name !== 'KafkaJSGroupCoordinatorNotFound') return wordsOf(reason)
    return `Kafka names no coordinator of the group ${this.parts.groupId}: it is not ready, or there is no right to the group`
  }

  /** Resolves, with the reason, when the consumer has crashed or must be made anew. */
  private async runOnce(): Promise<unknown> {
    const topics = await this.lookForTopics()
    const { kafka, groupId, sessionTimeoutMs, gatherMs } = this.parts
    const beforeRejoin = () => this.release(sessionTimeoutMs / 3)
    const leaving = new AbortController()
    const consumer = kafka.consumer({ groupId, sessionTimeoutMs, gatherMs, beforeRejoin, leaving: leaving.signal })
    if (this.closing.signal.aborted) return 'closing'
    this.consumer = consumer
    this.leaving = leaving
    const ended = this.endOf(consumer)
    this.joining = this.join(consumer, topics)
    await this.joining
    return ended
  }

  private async join(consumer: Consumer, topics: string[]): Promise<void> {
    await consumer.connect()
    await consumer.subscribe({ topics, fromBeginning: true })
    if (this.closing.signal.aborted) return
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 64,
      eachBatch: (payload) => this.take(payload),
    })
  }

  private endOf(consumer: Consumer): Promise<unknown> {
    const heard = () => this.heartbeat.beat()
    // Kafka lets anybody fetch, also who is in no group
    consumer.on(consumer.events.FETCH, () => this.state === 'joined' && heard())
    consumer.on(consumer.events.HEARTBEAT, heard)
    consumer.on(consumer.events.GROUP_JOIN, () => {
      if (!this.closing.signal.aborted) this.state = 'joined'
      this.trouble = undefined
      heard()
    })
    return new Promise((resolve) => {
      this.endRun = resolve
      consumer.on(consumer.events.CRASH, ({ payload }) => resolve(payload.error))
      if (this.missing.length > 0) void this.appearance(consumer).then(() => resolve('a missing topic was created'))
    })
  }

  private async lookForTopics(): Promise<string[]> {
    try {
      return await this.topics.find()
    } catch (error) {
      this.heartbeat.markExternalFailure()
      throw error
    }
  }

  /** Resolves when a missing topic exists, or this consumer is replaced. */
  private async appearance(consumer: Consumer): Promise<void> {
    const missing = this.missing.length
    while (this.missing.length >= missing && this.consumer === consumer && !this.closing.signal.aborted) {
      await this.pause(MISSING_TOPIC_MS)
      if (!this.closing.signal.aborted) await this.lookForTopics().catch(() => undefined)
    }
  }

  private async take(payload: EachBatchPayload): Promise<void> {
    // kafkajs fetches an unresolved batch again: the delay keeps it from that while partitions are being given back
    if (this.state !== 'joined') return delay(COMMIT_MS)
    const { batch } = payload
    const work = this.assignment.of(batch.topic, batch.partition)
    let last: KafkaMessage | undefined
    for (const message of batch.messages) {
      const full = work.full && !(await hasRoomSoon(work))
      if (!payload.isRunning() || payload.isStale() || !this.isAt(work)) break
      if (full) {
        // ends with the assignment at the latest: kafkajs would keep the pause beyond it
        void work.untilNotFull().then(payload.pause())
        break
      }
      work.accept(message)
      last = message
    }
    if (last && this.isAt(work)) payload.resolveOffset(last.offset)
    this.scheduleCommit()
    await payload.heartbeat()
  }

  /** False as soon as the partition is being given back: another broker's fetch may have begun that. */
  private isAt(work: PartitionWork): boolean {
    return this.state === 'joined' && this.assignment.has(work)
  }

  private async release(graceMs: number): Promise<void> {
    if (this.state === 'joined') this.state = 'rebalancing'
    clearTimeout(this.timer)
    this.timer = undefined
    await this.assignment.release(graceMs)
  }

  private scheduleCommit(): void {
    this.timer ??= setTimeout(() => void this.commit(), COMMIT_MS)
  }

  private async commit(): Promise<void> {
    await this.assignment.commit().then(
      () => (this.uncommitted = 0),
      (error: unknown) => this.notCommitted(error),
    )
    this.timer = undefined
    if (this.assignment.unfinished && this.state === 'joined') this.scheduleCommit()
  }

  private notCommitted(error: unknown): void {
    if (++this.uncommitted % TOLD_EVERY === 3) this.logger.warn(`Offsets are not committed: ${wordsOf(error)}`)
  }

  private async disconnect(): Promise<void> {
    const consumer = this.consumer
    this.consumer = undefined
    if (!consumer) return
    // whoever goes while the group takes it in stays a member, and holds partitions, until its session ends
    await atMost(this.parts.sessionTimeoutMs, this.joining ?? Promise.resolve())
    const left = consumer.disconnect()
    // only now does kafkajs not fetch again
    this.leaving?.abort()
    await atMost(DISCONNECT_TIMEOUT_MS, left)
  }

  private async pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.closing.signal }).catch(() => undefined)
  }
}

/** A pause costs up to a whole fetch, so this waits for a handler that is only a little behind. */
async function hasRoomSoon(work: PartitionWork): Promise<boolean> {
  await atMost(CAPACITY_TIMEOUT_MS, work.untilNotFull())
  return !work.full
}
