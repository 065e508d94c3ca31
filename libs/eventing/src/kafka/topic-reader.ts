import { setTimeout as delay } from 'node:timers/promises'
import type { Kafka } from 'kafkajs'
import Batch from 'kafkajs/src/consumer/batch.js'
import type { Message } from '../envelope/record-texts.js'
import { clusterFactory } from './fenced-producer.js'

interface PartitionOffset {
  partition: number
  offset: string
}

interface FetchedPartition {
  partition: number
  highWatermark: string
}

interface Fetched {
  topicName: string
  partitions: FetchedPartition[]
}

interface FetchBroker {
  fetch(request: object): Promise<{ responses: Fetched[] }>
}

interface ReadingCluster {
  connect(): Promise<void>
  disconnect(): Promise<void>
  addMultipleTargetTopics(topics: string[]): Promise<void>
  refreshMetadata(): Promise<void>
  refreshMetadataIfNecessary(): Promise<void>
  findTopicPartitionMetadata(topic: string): { partitionId: number }[]
  findLeaderForPartitions(topic: string, partitions: number[]): Record<string, number[]>
  findBroker(at: { nodeId: string }): Promise<FetchBroker>
  fetchTopicsOffset(topics: object[]): Promise<{ topic: string; partitions: PartitionOffset[] }[]>
}

export interface ReadMessage {
  topic: string
  partition: number
  message: Message
}

export type StartAt = 'earliest' | 'latest' | { since: number }
const MAX_BYTES = 4 * 1024 * 1024
const ATTEMPTS = 6
const AGAIN_MS = 100
/** Kafka's answer where no record is so young. */
const NO_RECORD = -1
export const UNKNOWN_TOPIC = 'UNKNOWN_TOPIC_OR_PARTITION'

export type Positions = Map<string, Map<number, number>>

/** Reads topics without a consumer group: it commits nothing, rebalances nobody, leaves nothing behind. */
export class TopicReader {
  private readonly cluster: ReadingCluster
  private readonly ends: Positions = new Map()
  private isInDoubt = false

  /** `metadataMaxAge`: milliseconds for which an added partition may stay unknown. */
  constructor(kafka: Kafka, metadataMaxAge = 60_000) {
    const options = { allowAutoTopicCreation: false, metadataMaxAge, isolationLevel: 0 }
    this.cluster = clusterFactory(kafka).create(options) as unknown as ReadingCluster
  }

  async connect(topics: readonly string[]): Promise<void> {
    await this.cluster.connect()
    await this.cluster.addMultipleTargetTopics([...topics])
  }

  async refresh(): Promise<void> {
    await this.cluster.refreshMetadata()
  }

  async disconnect(): Promise<void> {
    await this.cluster.disconnect().catch(() => undefined)
  }

  /** Reads partitions that were added since from their beginning. */
  async addNew(positions: Positions): Promise<void> {
    for (const [topic, known] of positions) {
      if (this.partitionsOf(topic).every((partition) => known.has(partition))) continue
      for (const [partition, begin] of await this.positions(topic, 'earliest'))
        if (!known.has(partition)) known.set(partition, begin)
    }
  }

  async positions(topic: string, at: StartAt): Promise<Map<number, number>> {
    if (typeof at !== 'object') return this.offsets(topic, { fromBeginning: at === 'earliest' })
    // the ends come first: a record that is written between the two is then behind them, and read
    const ends = await this.positions(topic, 'latest')
    const young = await this.offsets(topic, { fromTimestamp: at.since })
    return new Map([...young].map(([p, offset]) => [p, offset === NO_RECORD ? (ends.get(p) ?? 0) : offset]))
  }

  /** Looks once at all partitions, and waits at most so long for something new. Moves the positions. */
  async fetch(positions: Positions, maxWaitMs: number): Promise<ReadMessage[]> {
    await this.cluster.refreshMetadataIfNecessary()
    const fetched = await this.again(() =>
      Promise.all(
        [...this.byLeader(positions)].map(([nodeId, topics]) => this.fetchFrom(nodeId, topics, positions, maxWaitMs)),
      ),
    )
    // moves the positions last: had one broker failed, the records of the others would be lost
    return fetched
      .flat()
      .flatMap(({ topicName, partitions }) =>
        partitions.flatMap((data) => this.read(topicName, data, positions.get(topicName)!)),
      )
  }

  /** True if the last fetch has left nothing behind. */
  isAtEnd(positions: Positions): boolean {
    return [...positions].every(([topic, offsets]) =>
      [...offsets].every(([partition, at]) => at >= (this.ends.get(topic)?.get(partition) ?? Infinity)),
    )
  }

  /** True if Kafka did not know a topic for a moment since this was asked last: another one may have its name now. */
  takeDoubt(): boolean {
    const { isInDoubt } = this
    this.isInDoubt = false
    return isInDoubt
  }

  private async offsets(topic: string, at: object): Promise<Map<number, number>> {
    const partitions = this.partitionsOf(topic).map((partition) => ({ partition }))
    const [found] = await this.again(() => this.cluster.fetchTopicsOffset([{ topic, partitions, ...at }]))
    return new Map((found?.partitions ?? []).map((p) => [p.partition, Number(p.offset)]))
  }

  private partitionsOf(topic: string): number[] {
    return this.cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId)
  }

  /** Kafka refuses a partition for a moment while it is new or changes its leader. */
  private async again<T>(ask: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++)
      try {
        return await ask()
      } catch (error) {
        if (!(error as { retriable?: boolean }).retriable || attempt === ATTEMPTS) throw error
        await delay(AGAIN_MS * attempt)
        await this.refresh()
      }
  }

  private byLeader(positions: Positions): Map<string, { topic: string; partitions: number[] }[]> {
    const byLeader = new Map<string, { topic: string; partitions: number[] }[]>()
    for (const [topic, offsets] of positions)
      for (const [nodeId, partitions] of Object.entries(
        this.cluster.findLeaderForPartitions(topic, [...offsets.keys()]),
      ))
        byLeader.set(nodeId, [...(byLeader.get(nodeId) ?? []), { topic, partitions }])
    return byLeader
  }

  private async fetchFrom(
    nodeId: string,
    topics: { topic: string; partitions: number[] }[],
    positions: Positions,
    maxWaitTime: number,
  ): Promise<Fetched[]> {
    const broker = await this.cluster.findBroker({ nodeId })
    const wanted = topics.map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.map((partition) => ({
        partition,
        fetchOffset: String(positions.get(topic)!.get(partition)),
        maxBytes: MAX_BYTES,
      })),
    }))
    const request = { maxWaitTime, minBytes: 1, maxBytes: MAX_BYTES, isolationLevel: 0, topics: wanted }
    try {
      return (await broker.fetch(request)).responses
    } catch (error) {
      this.isInDoubt ||= (error as { type?: string }).type === UNKNOWN_TOPIC
      throw error
    }
  }

  private read(topic: string, data: FetchedPartition, offsets: Map<number, number>): ReadMessage[] {
    const { partition, highWatermark } = data
    const batch = new Batch(topic, String(offsets.get(partition)), data)
    if (batch.rawMessages.length > 0)
      offsets.set(partition, Math.max(offsets.get(partition)!, Number(batch.lastOffset()) + 1))
    if (!this.ends.has(topic)) this.ends.set(topic, new Map())
    this.ends.get(topic)!.set(partition, Number(highWatermark))
    return batch.messages.map((message) => ({ topic, partition, message }))
  }
}
