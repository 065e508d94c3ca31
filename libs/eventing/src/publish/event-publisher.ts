import type { NewEvent } from '@mpics/contracts'
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common'
import type { Message, Producer } from 'kafkajs'
import { toRecord, topicOf } from '../envelope/record.js'
import { PublisherUnavailableError } from '../errors.js'
import { EventingOptions } from '../eventing-options.js'
import { KafkaClient } from '../kafka/kafka-client.js'
import { cutTimes } from './cut-times.js'
import { RandomIds } from './random-ids.js'
import { within } from '../within.js'
import { wordsOf } from '../words-of.js'

/** Events of a moment go together: it ends when none has come for so long, or with the linger of the first. */
const QUIET_MS = 1
const LINGER_MS = 5
const MAX_BATCH_SIZE = 2_000
const CAPACITY = 20_000
const TIMEOUT_MS = 5_000

interface Waiting {
  topic: string
  messages: Message[]
  since: number
  resolve: () => void
  reject: (error: unknown) => void
}

/** Publishes `traffic.*` from a request, and resolves when Kafka holds it. All other events go through the outbox. */
@Injectable()
export class EventPublisher implements OnApplicationShutdown {
  private readonly logger = new Logger('EventPublisher')
  private readonly ids = new RandomIds()
  private complained?: string
  private waiting: Waiting[] = []
  private size = 0
  private timer?: NodeJS.Timeout
  private sending?: Promise<void>
  private producer?: Promise<Producer>

  constructor(
    private readonly options: EventingOptions,
    private readonly kafka: KafkaClient,
  ) {}

  /** Takes all or none of the events; after a refusal Kafka may still have some. One with an id of its own is told by it when it comes again. */
  async publish(events: readonly (NewEvent & { readonly id?: string })[]): Promise<void> {
    if (this.size + events.length > CAPACITY)
      throw new PublisherUnavailableError(
        'Kafka does not take page views fast enough at present: try again in a moment.',
      )
    const time = new Date().toISOString()
    const byTopic = Map.groupBy(events, (event) => assertTraffic(event.type))
    await Promise.all(
      [...byTopic].map(([topic, group]) =>
        this.enqueue(
          topic,
          group.map((e) => this.message(e, time)),
        ),
      ),
    )
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopTimer()
    await this.sending
    while (this.waiting.length > 0) await this.flush()
    this.stopTimer()
    const producer = await this.producer?.catch(() => undefined)
    await producer?.disconnect()
  }

  private message({ id, type, subject, data }: NewEvent & { id?: string }, time: string): Message {
    const stamped = { id: id ?? this.ids.next(), type, subject, time, data: cutTimes(data) }
    return toRecord(this.options.service, stamped, this.options.site)
  }

  private enqueue(topic: string, messages: Message[]): Promise<void> {
    this.size += messages.length
    return new Promise((resolve, reject) => {
      this.waiting.push({ topic, messages, since: performance.now(), resolve, reject })
      this.schedule()
    })
  }

  private schedule(): void {
    const [first] = this.waiting
    if (this.sending || !first) return
    if (!this.timer) this.timer = setTimeout(() => void this.flush(), QUIET_MS)
    else if (performance.now() - first.since < LINGER_MS - QUIET_MS) this.timer.refresh()
  }

  /** A timer that was cleared never runs, even if it is refreshed. */
  private stopTimer(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }

  private async flush(): Promise<void> {
    this.timer = undefined
    if (this.waiting.length === 0) return
    this.sending = this.send(this.take())
    await this.sending
    this.sending = undefined
    this.schedule()
  }

  /** Refuses overdue events first: a request that waited in vain does not wait once more. */
  private take(): Waiting[] {
    const overdue = this.waiting.findLastIndex(({ since }) => performance.now() - since > TIMEOUT_MS)
    if (overdue >= 0) this.refuse(this.waiting.splice(0, overdue + 1))
    let records = 0
    const end = this.waiting.findIndex(({ messages }) => (records += messages.length) > MAX_BATCH_SIZE)
    return this.waiting.splice(0, end > 0 ? end : this.waiting.length)
  }

  private async send(batch: Waiting[]): Promise<void> {
    const byTopic = Map.groupBy(batch, ({ topic }) => topic)
    const topicMessages = [...byTopic].map(([topic, group]) => ({
      topic: this.options.topic(topic),
      messages: group.flatMap(({ messages }) => messages),
    }))
    if (batch.length === 0) return
    const sending = this.connected().then((producer) => producer.sendBatch({ acks: -1, topicMessages }))
    try {
      await within(TIMEOUT_MS, sending)
      this.complained = undefined
      this.finish(batch, ({ resolve }) => resolve())
    } catch (error) {
      this.complain(error)
      this.forget(sending)
      this.refuse(batch)
    }
  }

  private refuse(batch: readonly Waiting[]): void {
    const refused = new PublisherUnavailableError('Kafka did not confirm the events in time: try again in a moment.')
    this.finish(batch, ({ reject }) => reject(refused))
  }

  private finish(batch: readonly Waiting[], tell: (one: Waiting) => void): void {
    for (const one of batch) {
      this.size -= one.messages.length
      tell(one)
    }
  }

  private connected(): Promise<Producer> {
    this.producer ??= this.connect()
    return this.producer
  }

  private async connect(): Promise<Producer> {
    const producer = this.kafka.producer()
    await producer.connect()
    return producer
  }

  /** Logs each reason once, however many requests meet it. */
  private complain(error: unknown): void {
    const reason = wordsOf(error)
    if (reason !== this.complained)
      this.logger.error(`Page views are refused, since Kafka does not take them: ${reason}`)
    this.complained = reason
  }

  /** A failed idempotent producer has lost its place: the next batch begins with a new one. */
  private forget(sending: Promise<unknown>): void {
    const disconnect = (producer: Producer) => producer.disconnect()
    const forgotten = this.producer
    this.producer = undefined
    void forgotten?.then(disconnect).catch(() => undefined)
    // kafkajs may connect again while it retries: close that connection when it has given up
    void Promise.allSettled([sending]).then(() => forgotten?.then(disconnect).catch(() => undefined))
  }
}

function assertTraffic(type: string): string {
  if (!type.startsWith('traffic.'))
    throw new TypeError(`${type} is saved with its aggregate, not published from a request`)
  return topicOf(type)
}
