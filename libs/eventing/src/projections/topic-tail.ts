import type { EventDefinition } from '@mpics/contracts'
import type { BatchedEvent } from '../consume/on.js'
import type { Message } from '../envelope/record-texts.js'
import type { TopicReader } from '../kafka/topic-reader.js'

type AnyEvent = EventDefinition<never> | EventDefinition

export interface TailedBatch<E extends AnyEvent> {
  events: BatchedEvent<E>[]
  /** How many were read, those that are no such event included. */
  records: number
}

/** For a record that must be there. */
const WAIT_MS = 500

type Read<E extends AnyEvent> = (message: Message, partition: number) => BatchedEvent<E>[]

/** Reads one topic from its beginning to its present end and, asked again, goes on from there. It is of no group, and commits nothing. */
export class TopicTail<E extends AnyEvent = EventDefinition> {
  private at = new Map<number, number>()
  private begins = new Map<number, number>()
  private readonly firsts = new Map<number, Date>()

  constructor(
    private readonly reader: TopicReader,
    private readonly topic: string,
    private readonly eventsOf: Read<E>,
  ) {}

  async open(): Promise<this> {
    await this.reader.connect([this.topic])
    this.begins = await this.reader.positions(this.topic, 'earliest')
    this.at = new Map(this.begins)
    return this
  }

  async close(): Promise<void> {
    await this.reader.disconnect()
  }

  /** Yields what there is up to the end that the topic had when this was called. */
  async *readOn(): AsyncGenerator<TailedBatch<E>> {
    // a partition that was added since has an end, too
    await this.reader.refresh()
    const ends = await this.reader.positions(this.topic, 'latest')
    for (;;) {
      const left = new Map([...ends].flatMap(([partition, end]) => this.leftOf(partition, end)))
      if (left.size === 0) return
      const messages = await this.reader.fetch(new Map([[this.topic, left]]), WAIT_MS)
      for (const [partition, next] of left) this.at.set(partition, next)
      yield {
        events: messages.flatMap(({ message, partition }) => this.read(message, partition)),
        records: messages.length,
      }
    }
  }

  /** The next offset of a partition. */
  position(partition: number): number {
    return this.at.get(partition) ?? 0
  }

  /** By partition, the time of the first record where Kafka has deleted those before it: null where none is left, undefined where all are there. */
  cuts(): ReadonlyMap<number, Date | null | undefined> {
    const cutOf = (partition: number, begin: number) => (begin > 0 ? (this.firsts.get(partition) ?? null) : undefined)
    return new Map([...this.begins].map(([partition, begin]) => [partition, cutOf(partition, begin)]))
  }

  /** The time of the first record that there is. */
  begin(): Date | null {
    const times = [...this.firsts.values()].map((time) => time.getTime())
    return times.length === 0 ? null : new Date(Math.min(...times))
  }

  private leftOf(partition: number, end: number): [number, number][] {
    const next = this.position(partition)
    return next < end ? [[partition, next]] : []
  }

  private read(message: Message, partition: number): BatchedEvent<E>[] {
    if (!this.firsts.has(partition)) this.firsts.set(partition, new Date(Number(message.timestamp)))
    return this.eventsOf(message, partition)
  }
}
