import { setTimeout as delay } from 'node:timers/promises'
import type { EventDefinition } from '@mpics/contracts'
import type { Restores } from '@mpics/mongo'
import { Logger } from '@nestjs/common'
import { headerOf, type Message, readEnvelope } from '../envelope/read-record.js'
import { UnknownReactionError } from '../errors.js'
import { failPoint } from '../fail-point.js'
import type { EventingMetrics } from '../metrics.js'
import type { DeadLetterWriter, Failure } from './dead-letter-writer.js'
import { type ErasedIds, namedBy } from './erased-ids.js'
import type { BatchedEvent } from './on.js'
import { isLost } from '../envelope/lost-events.js'
import { type Origin, sourceOf } from '../topics/origin.js'
import { reasonOf } from '../reason.js'
import { wordsOf } from '../words-of.js'
import { familyOf, type Reaction, replayedTo } from './reaction.js'
import { Attempts, RETRY_MS, untilSure } from '../retry.js'
import { TOLD_EVERY } from '../told-every.js'

export interface BatchHandlingParts {
  reactions: readonly Reaction[]
  metrics: EventingMetrics
  deadLetters: DeadLetterWriter
  retryMs?: readonly number[]
  erased?: ErasedIds
  restores?: Restores
}

interface Readable {
  message: Message
  event: BatchedEvent
}

const DEAD_LETTERS_AWAY_MS = 1_000

type Why = Omit<Failure, 'reaction'>

interface At {
  origin: Origin
  signal: AbortSignal
}

interface Job extends At {
  /** Receives how many more messages are dealt with, counted from the first. */
  done: (count: number) => void
  /** Offsets that each reaction has finished: a piece that is tried again goes on with the others. */
  behind: Map<Reaction, Set<string>>
  /** What was read already: reactions to one event share it. */
  events: Map<EventDefinition, Map<Message, BatchedEvent>>
}

export class BatchHandling {
  private readonly logger = new Logger('EventServer')

  constructor(private readonly parts: BatchHandlingParts) {}

  get largest(): number {
    return Math.min(...this.parts.reactions.map((reaction) => reaction.batch ?? 1))
  }

  /** Resolves when all messages are dealt with; rejects when the signal aborts. */
  async handle(
    messages: readonly Message[],
    origin: Origin,
    signal: AbortSignal,
    done: (count: number) => void,
  ): Promise<void> {
    const behind = new Map(this.parts.reactions.map((reaction) => [reaction, new Set<string>()]))
    if (origin.replayed) await this.giveBack(messages, origin, signal)
    await this.piece(messages, this.parts.retryMs ?? RETRY_MS, { origin, signal, done, behind, events: new Map() })
  }

  /** Dead letters that nobody here answers for stay some. */
  private async giveBack(messages: readonly Message[], origin: Origin, signal: AbortSignal): Promise<void> {
    const { reactions } = this.parts
    for (const message of messages) {
      if (reactions.some((reaction) => concerns(message, reaction, reactions, origin))) continue
      const name = headerOf(message, 'dlt_reaction') ?? ''
      await this.deadLetter(name, message, { error: new UnknownReactionError(name), attempts: 0 }, { origin, signal })
    }
  }

  /** Reactions go side by side: one computes while another waits for its writes. Halves a piece that fails for good, so one bad event does not hold up the others; only a single event gets a second attempt. */
  private async piece(messages: readonly Message[], retryMs: readonly number[], job: Job): Promise<void> {
    const reacting = this.parts.reactions.map((reaction) => this.react(reaction, messages, retryMs, job))
    const ends = await Promise.allSettled(reacting)
    for (const end of ends) if (end.status === 'rejected') throw end.reason
    if (ends.some((end) => end.status === 'fulfilled' && !end.value)) return this.bisect(messages, job)
    job.done(messages.length)
  }

  private async bisect(messages: readonly Message[], job: Job): Promise<void> {
    const half = messages.length >> 1
    for (const some of [messages.slice(0, half), messages.slice(half)])
      await this.piece(some, some.length > 1 ? [] : (this.parts.retryMs ?? RETRY_MS).slice(0, 1), job)
  }

  /** Resolves to false when the messages are too many to be given up. */
  private async react(
    r: Reaction,
    messages: readonly Message[],
    retryMs: readonly number[],
    job: Job,
  ): Promise<boolean> {
    const batch = await this.readable(r, messages, job)
    const attempts = new Attempts()
    while (batch.length > 0) {
      job.signal.throwIfAborted()
      try {
        await this.run(r, batch, attempts.begin(), job)
        break
      } catch (error) {
        // the abort may have caused the failure: the next owner of the partition tries again
        job.signal.throwIfAborted()
        const again = attempts.againAfter(error, retryMs)
        if (again !== undefined) await this.wait(r, batch, attempts, error, again, job)
        else if (batch.length > 1) return false
        else return this.giveUp(r, batch[0]!.message, { error, attempts: attempts.made }, job).then(() => true)
      }
    }
    for (const { message } of batch) job.behind.get(r)!.add(message.offset)
    return true
  }

  private async wait(
    r: Reaction,
    batch: Readable[],
    { made }: Attempts,
    error: unknown,
    ms: number,
    job: Job,
  ): Promise<void> {
    this.parts.metrics.retried.inc({ type: r.event.type, reaction: r.name })
    if (made === 1 || made % TOLD_EVERY === 0)
      this.logger.warn(`${r.name} will try ${batch.length} events again: ${reasonOf(error)}`)
    await delay(ms, undefined, { signal: job.signal })
  }

  private async readable(r: Reaction, messages: readonly Message[], job: Job): Promise<Readable[]> {
    const found: Readable[] = []
    for (const message of messages) {
      if (job.behind.get(r)!.has(message.offset) || !concerns(message, r, this.parts.reactions, job.origin)) continue
      const read = await this.read(r, message, job)
      if (read) found.push(read)
    }
    return found
  }

  private async read(r: Reaction, message: Message, job: Job): Promise<Readable | undefined> {
    try {
      const event = eventOf(message, r.event, job)
      return isLost(this.parts.restores, r.event, event.envelope) ? undefined : { message, event }
    } catch (error) {
      await this.giveUp(r, message, { error, attempts: 1 }, job)
      return undefined
    }
  }

  private async run(r: Reaction, batch: Readable[], attempt: number, { origin, signal }: Job): Promise<void> {
    const { topic, partition } = origin
    const stop = this.parts.metrics.seconds.startTimer({ reaction: r.name })
    try {
      await failPoint('consumer.beforeHandle')
      const events = batch.map(({ event }) => event)
      await this.unlessErased(r, events, signal, (wanted) =>
        r.handle(wanted, { topic, partition, offset: batch[0]!.message.offset, attempt, signal }),
      )
      await failPoint('consumer.afterHandle')
    } finally {
      stop()
    }
    this.parts.metrics.handled.inc({ type: r.event.type, reaction: r.name }, batch.length)
  }

  /** Nothing late brings back what was erased. */
  private async unlessErased(
    { options }: Reaction,
    events: BatchedEvent[],
    signal: AbortSignal,
    handle: (wanted: BatchedEvent[]) => Promise<void>,
  ): Promise<void> {
    const erased = options.ofErased ? undefined : this.parts.erased
    if (!erased) return handle(events)
    const wanted = await untilSure(erased.without(events, ({ envelope }) => namedBy(envelope), signal))
    if (wanted.length === 0) return
    await handle(wanted)
    const written = wanted.map(({ envelope }) => namedBy(envelope))
    await untilSure(erased.recheck(written, signal))
  }

  private async giveUp(r: Reaction, message: Message, why: Why, job: Job): Promise<void> {
    await this.deadLetter(r.name, message, why, job)
    job.behind.get(r)!.add(message.offset)
  }

  private async deadLetter(reaction: string, message: Message, why: Why, { origin, signal }: At): Promise<void> {
    const where = `${origin.topic}/${origin.partition}/${message.offset}`
    for (;;)
      try {
        await this.parts.deadLetters.write(message, origin, { reaction, ...why })
        this.parts.metrics.deadLetters.inc({ topic: origin.topic, reaction })
        this.logger.error(`${reaction} gave up ${where}: ${reasonOf(why.error)}`)
        return
      } catch (away) {
        this.logger.error(`The dead letters of ${origin.topic} cannot be written: ${wordsOf(away)}`)
        await delay(DEAD_LETTERS_AWAY_MS, undefined, { signal })
      }
  }
}

function eventOf(message: Message, definition: EventDefinition, { events, origin }: Job): BatchedEvent {
  const known = events.get(definition) ?? new Map<Message, BatchedEvent>()
  events.set(definition, known)
  const event = known.get(message) ?? {
    envelope: readEnvelope(message, definition),
    partition: origin.partition,
    offset: Number(message.offset),
    source: sourceOf(origin),
  }
  known.set(message, event)
  return event
}

/** Whether it is one to give to the reaction, one of `all`. */
function concerns(message: Message, reaction: Reaction, all: readonly Reaction[], origin: Origin): boolean {
  const type = headerOf(message, 'ce_type')
  if (message.value === null || type === undefined) return false
  const isOfFamily = ({ event }: Reaction) => type === event.type || familyOf(type) === familyOf(event.type)
  if (!isOfFamily(reaction)) return false
  return !origin.replayed || replayedTo(all.filter(isOfFamily), headerOf(message, 'dlt_reaction')).includes(reaction)
}
