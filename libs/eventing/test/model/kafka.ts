import type { Producer, ProducerBatch } from 'kafkajs'
import type { Network, Process } from './network.js'

export interface Published {
  topic: string
  key: string
  eventId: string
  sequence: number
  term: number
}

interface Partition {
  epoch: number
  records: Published[]
}

const PARTITIONS = 2
const refusal = (type: string) => Object.assign(new Error(type), { type })

/** A broker that knows producers' epochs. It may be away, or go away between two partitions of one request. */
export class ModelKafka {
  readonly topics = new Set<string>()
  /** Takes the records of so many more partitions. */
  patience = Number.POSITIVE_INFINITY
  /** Topics that exist and are refused all the same, as without a right to them. */
  readonly refused = new Set<string>()
  private readonly tooLarge = new Set<string>()
  private epoch = 0
  private readonly partitions = new Map<string, Partition>()

  constructor(
    private readonly network: Network,
    private readonly taken: (record: Published, before: readonly Published[]) => void,
  ) {}

  accept(topic: string): void {
    this.topics.add(topic)
    this.refused.delete(topic)
  }

  /** An event that no broker would take. */
  refuseLargest(eventId: string | undefined): void {
    if (eventId) this.tooLarge.add(eventId)
  }

  existingTopics(process: Process): Promise<ReadonlySet<string>> {
    return this.network.call(process, 'topics', () => {
      this.answering()
      return new Set(this.topics)
    })
  }

  producer(process: Process, term: number): Producer {
    let epoch = 0
    return {
      connect: () =>
        this.network.call(process, `connect for term ${term}`, () => {
          this.answering()
          epoch = ++this.epoch
        }),
      sendBatch: (batch: ProducerBatch) =>
        this.network.call(process, `send in term ${term}`, () => this.take(batch, epoch, term)),
      disconnect: () => Promise.resolve(),
    } as unknown as Producer
  }

  private answering(): void {
    if (this.patience <= 0) throw new Error('the broker is away')
  }

  private take({ topicMessages = [] }: ProducerBatch, epoch: number, term: number): void {
    for (const { topic } of topicMessages) {
      if (!this.topics.has(topic)) throw refusal('UNKNOWN_TOPIC_OR_PARTITION')
      if (this.refused.has(topic)) throw refusal('TOPIC_AUTHORIZATION_FAILED')
    }
    const records = topicMessages.flatMap(({ topic, messages }) =>
      messages.map(({ key, headers }) => ({
        topic,
        key: String(key),
        eventId: String(headers!['ce_id']),
        sequence: Number(headers!['ce_sequence']),
        term,
      })),
    )
    for (const [name, group] of Map.groupBy(records, partitionOf)) this.append(name, group, epoch)
  }

  private append(name: string, records: readonly Published[], epoch: number): void {
    this.answering()
    this.patience--
    const partition = this.partitions.get(name) ?? { epoch: 0, records: [] }
    this.partitions.set(name, partition)
    if (records.some(({ eventId }) => this.tooLarge.has(eventId))) throw refusal('MESSAGE_TOO_LARGE')
    if (epoch < partition.epoch) throw refusal('INVALID_PRODUCER_EPOCH')
    partition.epoch = epoch
    for (const record of records) {
      this.taken(record, partition.records)
      partition.records.push(record)
    }
  }
}

const partitionOf = ({ topic, key }: Published): string => `${topic}/${key.charCodeAt(0) % PARTITIONS}`
