import { Injectable } from '@nestjs/common'
import { type MessageHandler, Server } from '@nestjs/microservices'
import type { Consumer } from 'kafkajs'
import { EventingOptions } from '../eventing-options.js'
import { KafkaClient } from '../kafka/kafka-client.js'
import { EventingMetrics } from '../metrics.js'
import { BatchHandling } from './batch-handling.js'
import { BatchPartition } from './batch-partition.js'
import type { DeclaredHandler } from './consumer-differences.js'
import { DeadLetterWriter } from './dead-letter-writer.js'
import { GroupConsumer, type GroupState } from './group-consumer.js'
import { GroupLag, type PartitionLag } from './group-lag.js'
import { MessageHandling } from './handle-message.js'
import { ProcessedEvents } from './processed-events.js'
import { KeyedPartition } from './keyed-partition.js'
import type { ReactionExtras } from './on.js'
import { replayTopic } from '../topics/origin.js'
import type { PreviousAssignment, PartitionWork } from './partition.js'
import { Reaction, Reactions } from './reaction.js'
import { readBackOf } from './read-back.js'
import { ReplicaConsumer } from './replica-consumer.js'
import { Slots } from './slots.js'

const SESSION_MS = 8_000
const CONCURRENCY = 64
const CAPACITY = 2_000
const DRAIN_TIMEOUT_MS = 10_000

/** What consumes here, as it knows itself. */
export interface ConsumingHealth {
  /** A consumer has not been heard of for two minutes, and neither Kafka nor a missing right or topic explains it. */
  lost: boolean
  group: GroupState | 'none'
  replica: 'none' | 'reading-back' | 'ready'
  missingTopics: readonly string[]
  /** Since when Kafka has not answered what is heard by every replica; infinite until it has, 0 where there is nothing. */
  replicaSilentMs: number
  /** The longer of that and the silence towards the member of the group. */
  silentMs: number
  /** Keys whose event failed and waits for another attempt. */
  parked: number
  /** Why nothing is consumed at present, in Kafka's words. */
  trouble?: string
}

/**
 * Nest's transport for facts: brings them from Kafka to the `@On` handlers. Use it as
 * `app.connectMicroservice({ strategy: app.get(EventServer) })`.
 */
@Injectable()
export class EventServer extends Server {
  /** Nest would log what a handler throws; here it decides between another attempt and the dead letters. */
  override readonly propagatesEventHandlerErrors = true
  private readonly reactions: Reaction[] = []
  private readonly deadLetters: DeadLetterWriter
  private readonly slots: Slots
  private group?: GroupConsumer
  private replica?: ReplicaConsumer
  private lags?: GroupLag

  constructor(
    private readonly options: EventingOptions,
    private readonly kafka: KafkaClient,
    private readonly processedEvents: ProcessedEvents,
    private readonly metrics: EventingMetrics,
  ) {
    super()
    this.deadLetters = new DeadLetterWriter(options, kafka)
    this.slots = new Slots(options.settings.consumer?.concurrency ?? CONCURRENCY)
  }

  /** Nest would chain the handlers of one type and run them at once, so that one's failure repeats the other. */
  override addHandler(
    pattern: string,
    callback: MessageHandler,
    isEvent = false,
    extras: Record<string, unknown> = {},
  ): void {
    if (!('eventing' in extras)) throw new TypeError(`${pattern}: facts are heard with @On or @OnBatch`)
    callback.isEventHandler = isEvent
    callback.extras = extras
    this.messageHandlers.set(pattern, callback)
    this.reactions.push(new Reaction(extras as unknown as ReactionExtras, callback))
  }

  /** To be compared with the catalogue's table of consumers. */
  get handlers(): DeclaredHandler[] {
    return this.reactions.map(({ event, name, idempotence, everyReplica }) => ({
      event,
      name,
      idempotence,
      delivery: everyReplica ? 'every-replica' : 'shared',
    }))
  }

  listen(ready: (error?: unknown) => void): void {
    try {
      const shared = this.reactions.filter((reaction) => !reaction.everyReplica)
      if (shared.length > 0) this.startGroup(new Reactions(shared))
      const own = this.reactions.filter((reaction) => reaction.everyReplica)
      if (own.length > 0) this.startReplica(own)
      if (this.reactions.length > 0) this.metrics.watchSilence(() => this.health().silentMs)
      ready()
    } catch (error) {
      ready(error)
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.group?.close(DRAIN_TIMEOUT_MS), this.replica?.close()])
    await Promise.all([this.deadLetters.close(), this.lags?.close()])
  }

  on(): never {
    throw new Error('events are heard with @On')
  }

  unwrap<T = Consumer>(): T {
    throw new Error('what is below is no business of an application')
  }

  /** Events that the group has not handled and committed yet, by partition. */
  async lag(): Promise<PartitionLag[]> {
    return (await this.lags?.read()) ?? []
  }

  health(): ConsumingHealth {
    const { group, replica } = this
    const replicaSilentMs = replica?.heartbeat.silentMs ?? 0
    return {
      lost: [group, replica].some((consumer) => consumer?.heartbeat.lost),
      group: group?.state ?? 'none',
      replica: replica ? (replica.ready ? 'ready' : 'reading-back') : 'none',
      missingTopics: group?.missing ?? [],
      replicaSilentMs,
      silentMs: Math.max(replicaSilentMs, group?.heartbeat.silentMs ?? 0),
      parked: group?.parked ?? 0,
      trouble: group?.trouble ?? replica?.trouble,
    }
  }

  private startGroup(reactions: Reactions): void {
    const { options } = this
    const topics = reactions.topics.flatMap((topic) => [topic, replayTopic(topic, options.service)])
    const makePartition = this.partitionMaker(reactions)
    this.group = new GroupConsumer({
      kafka: this.kafka,
      groupId: options.group,
      topics: topics.map((topic) => options.topic(topic)),
      sessionTimeoutMs: options.settings.consumer?.sessionTimeoutMs ?? SESSION_MS,
      makePartition,
    })
    this.lags = new GroupLag(
      this.kafka,
      options.group,
      topics.map((topic) => options.topic(topic)),
    )
    this.metrics.watchLag(() => this.lag())
    this.metrics.expectDeadLetters(reactions.all)
    this.metrics.watchParked(() => this.group?.parked ?? 0)
    this.group.start()
  }

  private partitionMaker(reactions: Reactions) {
    const { options, slots } = this
    const capacity = options.settings.consumer?.capacity ?? CAPACITY
    const single = this.handling(reactions, this.deadLetters)
    const batches = this.batchHandlings(reactions)
    const byKafkaTopic = new Map<string, { topic: string; replayed: boolean }>(
      reactions.topics.flatMap((topic) => [
        [options.topic(topic), { topic, replayed: false }] as const,
        [options.topic(replayTopic(topic, options.service)), { topic, replayed: true }] as const,
      ]),
    )
    return (kafkaTopic: string, partition: number, before: PreviousAssignment | undefined): PartitionWork => {
      const { topic, replayed } = byKafkaTopic.get(kafkaTopic) ?? { topic: kafkaTopic, replayed: false }
      const parts = { kafkaTopic, origin: { topic, partition, replayed }, capacity, before }
      const batch = batches.get(topic)
      return batch
        ? new BatchPartition({ ...parts, handling: batch })
        : new KeyedPartition({ ...parts, handling: single, slots })
    }
  }

  private batchHandlings(reactions: Reactions): Map<string, BatchHandling> {
    const { deadLetters, metrics } = this
    const retryMs = this.options.settings.consumer?.retryMs
    const byTopic = Map.groupBy(reactions.all, (reaction) => reaction.topic)
    return new Map(
      [...byTopic].flatMap(([topic, all]) => {
        if (all.every((reaction) => reaction.batch === undefined)) return []
        if (all.some((reaction) => reaction.batch === undefined))
          throw new TypeError(`${topic}: @On and @OnBatch cannot both read one topic in one service`)
        return [[topic, new BatchHandling({ reactions: all, deadLetters, metrics, retryMs })] as const]
      }),
    )
  }

  private startReplica(reactions: Reaction[]): void {
    const topics = [...Map.groupBy(reactions, (reaction) => reaction.topic)].map(([topic, all]) => ({
      topic,
      kafkaTopic: this.options.topic(topic),
      readBackMs: Math.max(...all.map(readBackOf)),
    }))
    this.metrics.expectGivenUp(reactions)
    this.replica = new ReplicaConsumer({ kafka: this.kafka, topics, handling: this.handling(new Reactions(reactions)) })
    this.replica.start()
  }

  private handling(reactions: Reactions, deadLetters?: DeadLetterWriter): MessageHandling {
    const { processedEvents, metrics, options } = this
    const retryMs = options.settings.consumer?.retryMs
    return new MessageHandling({ reactions, processedEvents, metrics, deadLetters, retryMs })
  }
}
