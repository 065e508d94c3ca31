import { setTimeout as delay } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import { headerOf, type Message, readEnvelope } from '../envelope/read-record.js'
import { failPoint } from '../fail-point.js'
import type { EventingMetrics } from '../metrics.js'
import { type DeadLetterWriter, reasonOf } from './dead-letter-writer.js'
import type { BatchedEvent } from './on.js'
import { type Origin, sourceOf } from './origin.js'
import { familyOf, type Reaction } from './reaction.js'
import { againAfter } from './retry.js'

export interface BatchHandlingParts {
  reactions: readonly Reaction[]
  metrics: EventingMetrics
  deadLetters: DeadLetterWriter
  retryMs?: readonly number[]
}

interface Readable {
  message: Message
  event: BatchedEvent
}

const DEAD_LETTERS_AWAY_MS = 1_000

/** Takes many messages of one partition through the batch reactions to them. */
export class BatchHandling {
  private readonly logger = new Logger('EventServer')

  constructor(private readonly parts: BatchHandlingParts) {}

  get largest(): number {
    return Math.min(...this.parts.reactions.map((reaction) => reaction.batch ?? 1))
  }

  /** Resolves when all are dealt with, or rejects when the signal ends it. */
  async handle(messages: readonly Message[], origin: Origin, signal: AbortSignal): Promise<void> {
    for (const reaction of this.parts.reactions) {
      const mine = messages.filter((message) => concerns(message, reaction, origin))
      const readable: Readable[] = []
      for (const message of mine) {
        const read = await this.read(reaction, message, origin, signal)
        if (read) readable.push(read)
      }
      if (readable.length > 0) await this.react(reaction, readable, origin, signal)
    }
  }

  private async read(
    r: Reaction,
    message: Message,
    origin: Origin,
    signal: AbortSignal,
  ): Promise<Readable | undefined> {
    try {
      const { partition } = origin
      const envelope = readEnvelope(message, r.event)
      return { message, event: { envelope, partition, offset: Number(message.offset), source: sourceOf(origin) } }
    } catch (error) {
      await this.bury(r, message, origin, error, 1, signal)
      return undefined
    }
  }

  private async react(r: Reaction, batch: Readable[], origin: Origin, signal: AbortSignal): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted()
      try {
        return await this.run(r, batch, origin, attempt, signal)
      } catch (error) {
        const again = againAfter(error, attempt, this.parts.retryMs)
        if (again === undefined) return this.giveUp(r, batch, origin, error, attempt, signal)
        this.parts.metrics.retried.inc({ type: r.event.type, reaction: r.name })
        if (attempt === 1) this.logger.warn(`${r.name} will try ${batch.length} events again: ${reasonOf(error)}`)
        await delay(again, undefined, { signal })
      }
    }
  }

  private async run(
    r: Reaction,
    batch: Readable[],
    origin: Origin,
    attempt: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { topic, partition } = origin
    const stop = this.parts.metrics.seconds.startTimer({ reaction: r.name })
    try {
      await failPoint('consumer.beforeHandle')
      const events = batch.map(({ event }) => event)
      await r.handle(events, { topic, partition, offset: batch[0]!.message.offset, attempt, signal })
      await failPoint('consumer.afterHandle')
    } finally {
      stop()
    }
    this.parts.metrics.handled.inc({ type: r.event.type, reaction: r.name }, batch.length)
  }

  /** One bad event must not take the others with it: each is tried on its own. */
  private async giveUp(
    r: Reaction,
    batch: Readable[],
    origin: Origin,
    error: unknown,
    attempts: number,
    signal: AbortSignal,
  ): Promise<void> {
    if (batch.length === 1) return this.bury(r, batch[0]!.message, origin, error, attempts, signal)
    const half = batch.length >> 1
    await this.react(r, batch.slice(0, half), origin, signal)
    await this.react(r, batch.slice(half), origin, signal)
  }

  private async bury(
    r: Reaction,
    message: Message,
    origin: Origin,
    error: unknown,
    attempts: number,
    signal: AbortSignal,
  ): Promise<void> {
    for (;;)
      try {
        await this.parts.deadLetters.write(message, origin, { reaction: r.name, error, attempts })
        this.parts.metrics.deadLetters.inc({ topic: origin.topic, reaction: r.name })
        this.logger.error(`${r.name} gave up ${origin.topic}/${origin.partition}/${message.offset}: ${reasonOf(error)}`)
        return
      } catch (away) {
        this.logger.error(`The dead letters of ${origin.topic} cannot be written: ${reasonOf(away)}`)
        await delay(DEAD_LETTERS_AWAY_MS, undefined, { signal })
      }
  }
}

function concerns(message: Message, reaction: Reaction, origin: Origin): boolean {
  const type = headerOf(message, 'ce_type')
  const only = origin.replayed ? headerOf(message, 'dlt_reaction') : undefined
  if (message.value === null || type === undefined) return false
  return familyOf(type) === familyOf(reaction.event.type) && (only === undefined || only === reaction.name)
}
