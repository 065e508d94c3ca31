import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Envelope, EventDefinition } from '@mpics/contracts'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { beforeClose, type Connection, type Indexed, makeIndexes } from '@mpics/mongo'
import { topicOf } from '../envelope/record.js'
import { EventingOptions } from '../eventing-options.js'
import { existingTopics } from '../kafka/existing-topics.js'
import { KafkaClient } from '../kafka/kafka-client.js'
import { EventingMetrics } from '../metrics.js'
import { Lease } from './lease.js'
import { OutboxSource } from './outbox-source.js'
import { OwnFacts, type Told } from './own-facts.js'
import { OWN_FACTS, Relay } from './relay.js'
import type { Transactions } from '../transactions.js'

const LEASE_MS = 5_000
const BATCH = 1_000
const BLOCKED_TOPIC_MS = 15_000

export interface OutboxOptions {
  /** Names of indexes that earlier releases made. */
  formerIndexes?: readonly string[] | undefined
  /** Published events are removed together, where they come many at a time. */
  transactions?: Transactions | undefined
}

/** All unpublished events of a service, and the relay that publishes them while the application runs. */
@Injectable()
export class Outbox implements OnApplicationBootstrap {
  private readonly models: { model: Indexed; formerIndexes: readonly string[] }[] = []
  private readonly transactions = new Map<string, Transactions>()
  private readonly ownFacts = new OwnFacts()
  private connection?: Connection
  private source?: OutboxSource
  private relay?: Relay

  constructor(
    private readonly options: EventingOptions,
    private readonly kafka: KafkaClient,
    private readonly metrics: EventingMetrics,
  ) {}

  /** Each `AggregateStore` calls it in its constructor. */
  register(connection: Connection, model: Indexed, { formerIndexes = [], transactions }: OutboxOptions = {}): void {
    if (this.relay) throw new Error(`${model.collection.name} was registered after the application had started`)
    this.connection ??= connection
    this.models.push({ model, formerIndexes })
    if (transactions) this.transactions.set(model.collection.name, transactions)
  }

  /**
   * Calls the listener with those of these facts that this service has published, in one of its replicas and many at a time: again
   * after a crash and after a failure, in the end each alone, and in no order: `sequence` tells. What fails for good is given up, and `remedy` is what an operator then does.
   * Cheaper than a consumer of its own topic, and needs no right to it.
   */
  onPublished<E extends EventDefinition<never> | EventDefinition>(
    events: readonly E[],
    listener: (facts: readonly Told<Envelope<E>['data']>[]) => Promise<void>,
    remedy: string,
  ): void {
    this.ownFacts.add(events, listener as (facts: readonly Told[]) => Promise<void>, remedy)
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.connection || this.relay) return
    const { connection, options } = this
    await Promise.all(this.models.map(({ model, formerIndexes }) => makeIndexes(model, formerIndexes)))
    const names = new Set(this.models.map(({ model }) => model.collection.name))
    this.source = new OutboxSource(connection, [...names], this.transactions)
    const name = `${options.group}.relay`
    const { leaseMs = LEASE_MS, batch = BATCH, blockedTopicMs = BLOCKED_TOPIC_MS } = options.settings.relay ?? {}
    this.relay = new Relay({
      source: this.source,
      ownFacts: this.ownFacts,
      lease: new Lease(connection, name, `${hostname()}/${process.pid}/${randomUUID()}`, leaseMs),
      connect: () => this.kafka.fencedProducer(name),
      existingTopics: () => existingTopics(this.kafka),
      options,
      batch,
      blockedTopicMs,
      metrics: this.metrics,
    })
    this.metrics.watchOutbox(() => this.age())
    this.metrics.expectGivenUp(this.ownFacts.types.map((type) => ({ topic: topicOf(type), name: OWN_FACTS })))
    beforeClose(connection, () => this.stop())
    this.relay.start()
  }

  /** Number of documents with unpublished events. */
  async pending(): Promise<number> {
    return (await this.source?.count()) ?? 0
  }

  /** Age of the oldest unpublished event in ms; 0: none waits. */
  async age(): Promise<number> {
    const oldest = await this.source?.oldest()
    return oldest ? Math.max(0, Date.now() - oldest.getTime()) : 0
  }

  /** Publishes the rest, as far as Kafka takes it within a moment, and hands the lease over. */
  async stop(): Promise<void> {
    await this.relay?.stop()
  }
}
