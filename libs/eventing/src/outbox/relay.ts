import { setTimeout as delay } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import type { Producer } from 'kafkajs'
import type { EventingOptions } from '../eventing-options.js'
import { topicOf } from '../envelope/record.js'
import type { EventingMetrics } from '../metrics.js'
import { ahead, chunks, eventsIn } from './chunks.js'
import { refusalOf } from './kafka-refusal.js'
import type { Lease } from './lease.js'
import type { OutboxSource, Pending, PendingBounds } from './outbox-source.js'
import { OwnFacts } from './own-facts.js'
import { LeaseLostError, RelayProducer } from './relay-producer.js'
import { Remover } from './remover.js'
import { SavedStream } from './saved-stream.js'
import { Telling } from './telling.js'
import { wordsOf } from '../words-of.js'

export interface RelayParts {
  source: OutboxSource
  ownFacts?: OwnFacts
  lease: Lease
  connect: () => Producer
  existingTopics: () => Promise<ReadonlySet<string>>
  options: EventingOptions
  batch: number
  blockedTopicMs: number
  metrics: Pick<EventingMetrics, 'published' | 'relayFailures' | 'refused' | 'givenUp'>
}

const MAX_PAUSE_MS = 5_000
const DRAIN_TIMEOUT_MS = 8_000
/** Of events that wait to be removed, and of those that wait for their own service. */
const CAPACITY = 10_000
/** How metrics name the listeners of own facts among the reactions. */
export const OWN_FACTS = 'OwnFacts'

/** Moves events from the outboxes to Kafka: one holder per service, in order per aggregate, at least once. */
export class Relay {
  private readonly logger = new Logger('Outbox')
  private readonly stopping = new AbortController()
  private readonly leaving = new AbortController()
  private readonly remover: Remover
  private readonly telling: Telling
  private keeping?: Promise<void>
  private leading: Promise<void> = Promise.resolve()
  private stream?: SavedStream
  private term = 0
  private failures = 0

  constructor(private readonly parts: RelayParts) {
    this.remover = new Remover(parts.source, CAPACITY)
    this.telling = new Telling({
      ownFacts: parts.ownFacts ?? new OwnFacts(),
      capacity: CAPACITY,
      mayWait: () => this.term !== 0,
      done: (published) => this.remover.put(published),
      givenUp: (type) => parts.metrics.givenUp.inc({ topic: topicOf(type), reaction: OWN_FACTS }),
    })
  }

  get leads(): boolean {
    return this.stream !== undefined
  }

  start(): void {
    this.keeping = this.parts.lease.keep({
      signal: this.leaving.signal,
      onTaken: (epoch) => {
        if (!this.stopping.signal.aborted) this.leading = this.lead(epoch)
      },
      onLost: () => this.end(),
    })
  }

  async stop(): Promise<void> {
    if (this.stopping.signal.aborted) return
    this.stopping.abort()
    if (this.term === 0) await this.leadToDrain()
    // keeps the lease for as long as it publishes
    await Promise.race([this.end(), delay(DRAIN_TIMEOUT_MS, undefined, { ref: false })])
    this.leaving.abort()
    await this.keeping
    await this.parts.lease.release().catch(() => undefined)
  }

  /** While nobody publishes, the last events of this replica would wait for the next start. */
  private async leadToDrain(): Promise<void> {
    this.leaving.abort()
    await this.keeping
    const got = await this.parts.lease.tryHold().catch(() => 'refused')
    if (got !== 'refused') this.leading = this.drain(this.producer(this.parts.lease.epoch))
  }

  private async end(): Promise<void> {
    this.term = 0
    await this.stream?.close()
    await this.leading
  }

  private async lead(epoch: number): Promise<void> {
    this.term = epoch
    const producer = this.producer(epoch)
    while (this.term === epoch) {
      try {
        await this.serve(epoch, producer)
        this.failures = 0
      } catch (error) {
        await this.recover(epoch, error)
      }
    }
    await this.drain(producer)
  }

  private producer(epoch: number): RelayProducer {
    const { lease, source, metrics } = this.parts
    return new RelayProducer({
      connect: this.parts.connect,
      existingTopics: this.parts.existingTopics,
      options: this.parts.options,
      mayPublish: () => lease.held && lease.epoch === epoch,
      sent: (count) => metrics.published.inc(count),
      setAside: async (refused) => {
        await source.setAside(refused)
        metrics.refused.inc()
      },
    })
  }

  private async serve(epoch: number, producer: RelayProducer): Promise<void> {
    await producer.begin()
    while ((await this.catchUp(producer)) >= this.parts.batch && this.term === epoch);
    const start = await this.parts.source.now()
    const seen = new Map<string, number>()
    const waited = await this.settled()
    for await (const chunk of this.left({ since: start }))
      for (const { collection, id, events } of await this.publish(producer, chunk, waited))
        seen.set(`${collection}/${id}`, events.at(-1)!.seq)
    await this.follow(epoch, producer, new SavedStream(this.parts.source.watch(start), seen))
  }

  /** One scan returns a document once: it must end, or later saves of the same document would wait for ever. */
  private async catchUp(producer: RelayProducer): Promise<number> {
    const waited = await this.settled()
    let count = 0
    for await (const chunk of ahead(this.left({ before: new Date().toISOString() })))
      count += eventsIn(await this.publish(producer, chunk, waited))
    await this.remover.flush()
    return count
  }

  /** Before a scan: all that is published is removed but what waits to be told, which the scan may find though it is told meanwhile. */
  private async settled(): Promise<ReadonlySet<string>> {
    const waited = this.telling.ids()
    await this.remover.flush()
    return waited
  }

  private async follow(epoch: number, producer: RelayProducer, stream: SavedStream): Promise<void> {
    this.stream = stream
    let again: NodeJS.Timeout | undefined
    try {
      let reading = stream.read(this.parts.batch)
      while (this.term === epoch) {
        if (producer.blocked.size > 0) again ??= this.retryingBlocked(producer, stream)
        const found = await reading
        if (!found) break
        reading = stream.read(this.parts.batch)
        reading.catch(() => undefined)
        for (const chunk of chunks(found, this.parts.batch)) await this.publish(producer, chunk)
        this.failures = 0
      }
    } finally {
      clearInterval(again)
      this.stream = undefined
      await stream.close()
    }
  }

  /** A new term tries a blocked topic again. It reads all outboxes in order, so it begins only if there is hope. */
  private retryingBlocked(producer: RelayProducer, stream: SavedStream): NodeJS.Timeout {
    const retry = async () => {
      if (await producer.mayUnblock()) await stream.close()
    }
    return setInterval(() => void retry().catch(() => undefined), this.parts.blockedTopicMs)
  }

  private async *left(bounds?: PendingBounds): AsyncGenerator<Pending[]> {
    const { source, batch } = this.parts
    for await (const found of source.pending(batch, bounds)) yield* chunks(found, batch)
  }

  private async publish(
    producer: RelayProducer,
    chunk: readonly Pending[],
    waited?: ReadonlySet<string>,
  ): Promise<readonly Pending[]> {
    const published = await producer.publish(this.telling.unpublished(chunk, waited))
    await this.remover.add(await this.telling.add(published))
    return published
  }

  private async recover(epoch: number, error: unknown): Promise<void> {
    if (this.term !== epoch) return
    this.parts.metrics.relayFailures.inc()
    if (error instanceof LeaseLostError || refusalOf(error) === 'fenced') {
      // another process publishes, or did: only the lease's server can say who may
      this.parts.lease.doubt()
      this.term = 0
      return
    }
    this.failures++
    if (this.failures === 1 || this.failures % 20 === 0) this.logger.warn(`The relay begins again: ${wordsOf(error)}`)
    const pause = Math.min(MAX_PAUSE_MS, 100 * 2 ** this.failures) * (0.5 + Math.random() / 2)
    await delay(pause, undefined, { signal: this.stopping.signal }).catch(() => undefined)
  }

  /** Publishes the rest after a graceful end, while the lease lasts. */
  private async drain(producer: RelayProducer): Promise<void> {
    const isLast = this.stopping.signal.aborted
    const mayPublish = isLast && this.parts.lease.held
    try {
      if (mayPublish) await this.publishRest(producer)
      if (isLast) await this.telling.end(mayPublish)
      await this.remover.flush()
    } catch (error) {
      if (isLast) await this.telling.end(false)
      this.logger.warn(`What was not published or removed is left to the next relay: ${wordsOf(error)}`)
    }
    await producer.disconnect()
  }

  private async publishRest(producer: RelayProducer): Promise<void> {
    const waited = await this.settled()
    await producer.begin()
    for await (const chunk of this.left()) await this.publish(producer, chunk, waited)
  }
}
