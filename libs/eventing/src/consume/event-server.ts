import { setTimeout as delay } from 'node:timers/promises'
import type { Envelope } from '@mpics/contracts'
import { Injectable, Logger } from '@nestjs/common'
import { type MessageHandler, Server } from '@nestjs/microservices'
import type { Consumer } from 'kafkajs'
import { EventingOptions } from '../eventing-options.js'
import { KafkaClient } from '../kafka/kafka-client.js'
import { EventingMetrics } from '../metrics.js'
import type { ConsumingHealth } from './consuming-health.js'
import type { DeclaredHandler } from './consumer-differences.js'
import { DeadLetterWriter } from './dead-letter-writer.js'
import { GroupConsumer } from './group-consumer.js'
import { GroupLag, type PartitionLag } from './group-lag.js'
import { type HandlingParts, MessageHandling } from './handle-message.js'
import { ProcessedEvents } from './processed-events.js'
import type { ReactionExtras } from './on.js'
import { replayTopic } from '../topics/origin.js'
import { PassedOver } from './passed-over.js'
import { partitionMaker } from './partition-maker.js'
import { Reaction, Reactions } from './reaction.js'
import { readBackOf } from './read-back.js'
import { rewind, rewinds } from './rewind.js'
import { ReplicaConsumer } from './replica-consumer.js'
import { wordsOf } from '../words-of.js'

type Listener = (envelope: Envelope) => void

const AGAIN_MS = 1_000
const SESSION_MS = 8_000
const DRAIN_TIMEOUT_MS = 10_000

/** Nest's transport from Kafka to the `@On` handlers: `app.connectMicroservice({ strategy: app.get(EventServer) })`. */
@Injectable()
export class EventServer extends Server {
  /** Nest would only log an error of a handler; this server decides between another attempt and the dead letters. */
  override readonly propagatesEventHandlerErrors = true
  private readonly reactions: Reaction[] = []
  private readonly deadLetters: DeadLetterWriter
  private readonly logged = new Logger('EventServer')
  private readonly listeners: Listener[] = []
  private readonly earlyListeners: Listener[] = []
  private group?: GroupConsumer
  private closed = false
  private replica?: ReplicaConsumer
  private caches?: ReplicaConsumer
  private lags?: GroupLag

  constructor(
    private readonly options: EventingOptions,
    private readonly kafka: KafkaClient,
    private readonly processedEvents: ProcessedEvents,
    private readonly metrics: EventingMetrics,
    private readonly passedOver: PassedOver,
  ) {
    super()
    this.deadLetters = new DeadLetterWriter(options, kafka)
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
    const { events, ...traits } = (extras as unknown as ReactionExtras).eventing
    const event = events.find(({ type }) => type === pattern)!
    this.reactions.push(new Reaction(event, traits, callback))
  }

  get handlers(): DeclaredHandler[] {
    return this.reactions.map(({ event, name, idempotence, everyReplica, options }) => ({
      event,
      name,
      idempotence,
      formerly: options.formerly,
      delivery: everyReplica ? 'every-replica' : 'shared',
    }))
  }

  /** Calls the listener after each attempt of an every-replica reaction, a failed one included. */
  afterEach(listener: Listener): void {
    this.listeners.push(listener)
  }

  /**
   * Calls the listener before each attempt of a shared reaction to single events, and before it is known whether the event names
   * something erased: it may ask for what the reaction will need, and must write nothing.
   */
  beforeEach(listener: Listener): void {
    this.earlyListeners.push(listener)
  }

  listen(ready: (error?: unknown) => void): void {
    try {
      const shared = this.reactions.filter((reaction) => !reaction.everyReplica)
      if (shared.length > 0) this.startGroup(new Reactions(shared))
      const own = this.reactions.filter((reaction) => reaction.everyReplica)
      const forCaches = own.filter(({ options }) => options.forCaches)
      const others = own.filter(({ options }) => !options.forCaches)
      if (others.length > 0) this.replica = this.startReplica(others)
      if (forCaches.length > 0) this.caches = this.startReplica(forCaches)
      if (this.reactions.length > 0) this.metrics.watchSilence(() => this.health().silentMs)
      ready()
    } catch (error) {
      ready(error)
    }
  }

  async close(): Promise<void> {
    this.closed = true
    await Promise.all([this.group?.close(DRAIN_TIMEOUT_MS), this.replica?.close(), this.caches?.close()])
    await Promise.all([this.deadLetters.close(), this.lags?.close()])
  }

  on(): never {
    throw new Error('events are heard with @On')
  }

  unwrap<T = Consumer>(): T {
    throw new Error('what is below is no business of an application')
  }

  /** Uncommitted events of the group, by partition. */
  async lag(): Promise<PartitionLag[]> {
    return (await this.lags?.read()) ?? []
  }

  health(): ConsumingHealth {
    const { group, replica, caches } = this
    return {
      lost: [group, replica, caches].some((consumer) => consumer?.heartbeat.lost),
      group: group?.state ?? 'none',
      replica: replica ? (replica.ready ? 'ready' : 'reading-back') : 'none',
      missingTopics: group?.missing ?? [],
      replicaBehindMs: replica?.behindMs ?? 0,
      silentMs: Math.max(...[group, replica, caches].map((consumer) => consumer?.heartbeat.silentMs ?? 0)),
      parked: group?.parked ?? 0,
      trouble: group?.trouble ?? replica?.trouble ?? caches?.trouble,
    }
  }

  private startGroup(reactions: Reactions): void {
    const { options } = this
    const topics = reactions.topics.flatMap((topic) => [topic, replayTopic(topic, options.service)])
    const { deadLetters, metrics, passedOver } = this
    const before = (envelope: Envelope) => this.earlyListeners.forEach((listener) => listener(envelope))
    const single = this.handling(reactions, { deadLetters, before })
    this.group = new GroupConsumer({
      kafka: this.kafka,
      groupId: options.group,
      topics: topics.map((topic) => options.topic(topic)),
      sessionTimeoutMs: options.settings.consumer?.sessionTimeoutMs ?? SESSION_MS,
      gatherMs: reactions.gatherMs,
      makePartition: partitionMaker({
        ...{ options, reactions, single, deadLetters, metrics, ...passedOver },
      }),
    })
    this.lags = new GroupLag(
      this.kafka,
      options.group,
      topics.map((topic) => options.topic(topic)),
    )
    this.metrics.watchLag(() => this.lag())
    this.metrics.expectDeadLetters(reactions.all)
    this.metrics.watchParked(() => this.group?.parked ?? 0)
    void this.startHearing(this.group, reactions.topics)
  }

  /** The database may be older than what the group has heard: see docs/adr/0070-a-restore-knows-what-it-lost.md. */
  private async startHearing(group: GroupConsumer, topics: readonly string[]): Promise<void> {
    const { options, kafka } = this
    const { restores } = this.passedOver
    while (restores && !this.closed)
      try {
        await restores.afterRestore((from) => rewind(kafka, rewinds(topics, from, options)))
        break
      } catch (error) {
        this.logged.warn(`What came since the backup cannot be heard again yet: ${wordsOf(error)}`)
        await delay(AGAIN_MS)
      }
    if (!this.closed) group.start()
  }

  private startReplica(reactions: Reaction[]): ReplicaConsumer {
    const topics = [...Map.groupBy(reactions, (reaction) => reaction.topic)].map(([topic, all]) => ({
      topic,
      kafkaTopic: this.options.topic(topic),
      readBackMs: Math.max(...all.map(readBackOf)),
    }))
    this.metrics.expectGivenUp(reactions)
    const after = (envelope: Envelope) => this.listeners.forEach((listener) => listener(envelope))
    const handling = this.handling(new Reactions(reactions), { after })
    const consumer = new ReplicaConsumer({ kafka: this.kafka, topics, handling })
    consumer.start()
    return consumer
  }

  private handling(
    reactions: Reactions,
    own: Pick<HandlingParts, 'deadLetters' | 'before' | 'after'>,
  ): MessageHandling {
    const { processedEvents, metrics, options } = this
    const erased = own.deadLetters && this.passedOver.erased
    const retryMs = options.settings.consumer?.retryMs
    return new MessageHandling({
      reactions,
      processedEvents,
      metrics,
      retryMs,
      erased,
      ...own,
      restores: this.passedOver.restores,
    })
  }
}
