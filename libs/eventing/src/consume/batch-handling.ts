import { setTimeout as delay } from 'node:timers/promises'
import type { Restores } from '@mpics/mongo'
import { Logger } from '@nestjs/common'
import { headerOf, type IsWanted, type Message, type RecordTexts, textsOf } from '../envelope/record-texts.js'
import { UnknownReactionError } from '../errors.js'
import { failPoint } from '../fail-point.js'
import type { EventingMetrics } from '../metrics.js'
import { BatchEntry } from './batch-entry.js'
import type { DeadLetterWriter, Failure } from './dead-letter-writer.js'
import { type ErasedIds, namedBy } from './erased-ids.js'
import type { BatchedEvent } from './on.js'
import { isLost } from '../envelope/lost-events.js'
import type { Origin } from '../topics/origin.js'
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

const DEAD_LETTERS_AWAY_MS = 1_000

type Why = Omit<Failure, 'reaction'>

interface At {
  origin: Origin
  signal: AbortSignal
}

interface Job extends At {
  /** Receives how many more messages are dealt with, counted from the first. */
  done: (count: number) => void
}

const NOBODY: readonly Reaction[] = []

export class BatchHandling {
  private readonly logger = new Logger('EventServer')
  /** Most messages are of the type of the one before. */
  private last: { type: string; reactions: readonly Reaction[] } = { type: '', reactions: NOBODY }

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
    const entries = messages.map((message) => {
      const texts = textsOf(message, this.isWanted)
      return new BatchEntry(message, this.reactionsTo(message, texts, origin), texts)
    })
    if (origin.replayed) await this.giveBack(entries, { origin, signal })
    await this.piece(entries, this.parts.retryMs ?? RETRY_MS, { origin, signal, done })
  }

  private reactionsTo(message: Message, { type, value }: RecordTexts, { replayed }: Origin): readonly Reaction[] {
    if (value === null || typeof type !== 'string') return NOBODY
    const reactions = this.reactionsToType(type)
    return replayed ? replayedTo(reactions, headerOf(message, 'dlt_reaction')) : reactions
  }

  private readonly isWanted: IsWanted = (type) => typeof type === 'string' && this.reactionsToType(type).length > 0

  private reactionsToType(type: string): readonly Reaction[] {
    if (type === this.last.type) return this.last.reactions
    const isTo = ({ event }: Reaction) => type === event.type || familyOf(type) === familyOf(event.type)
    this.last = { type, reactions: this.parts.reactions.filter(isTo) }
    return this.last.reactions
  }

  /** Dead letters that nobody here answers for stay some. */
  private async giveBack(entries: readonly BatchEntry[], at: At): Promise<void> {
    for (const { isForNobody, message } of entries) {
      if (!isForNobody) continue
      const name = headerOf(message, 'dlt_reaction') ?? ''
      await this.deadLetter(name, message, { error: new UnknownReactionError(name), attempts: 0 }, at)
    }
  }

  /** Reactions go side by side: one computes while another waits for its writes. Halves a piece that fails for good, so one bad event does not hold up the others; only a single event gets a second attempt. */
  private async piece(entries: readonly BatchEntry[], retryMs: readonly number[], job: Job): Promise<void> {
    const { reactions } = this.parts
    const ends = await Promise.allSettled(reactions.map((reaction) => this.react(reaction, entries, retryMs, job)))
    for (const end of ends) if (end.status === 'rejected') throw end.reason
    const ended = reactions.filter((_, i) => (ends[i] as PromiseFulfilledResult<boolean>).value)
    if (ended.length === reactions.length) return job.done(entries.length)
    for (const reaction of ended) for (const entry of entries) entry.finish(reaction)
    await this.bisect(entries, job)
  }

  private async bisect(entries: readonly BatchEntry[], job: Job): Promise<void> {
    const half = entries.length >> 1
    for (const some of [entries.slice(0, half), entries.slice(half)])
      await this.piece(some, some.length > 1 ? [] : (this.parts.retryMs ?? RETRY_MS).slice(0, 1), job)
  }

  /** Resolves to false when the messages are too many to be given up. */
  private async react(
    r: Reaction,
    entries: readonly BatchEntry[],
    retryMs: readonly number[],
    job: Job,
  ): Promise<boolean> {
    const batch = await this.readable(r, entries, job)
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
        else return this.giveUp(r, batch[0]!, { error, attempts: attempts.made }, job).then(() => true)
      }
    }
    return true
  }

  private async wait(
    r: Reaction,
    batch: readonly BatchEntry[],
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

  private async readable(r: Reaction, entries: readonly BatchEntry[], job: Job): Promise<BatchEntry[]> {
    const found: BatchEntry[] = []
    for (const entry of entries) {
      if (!entry.isFor(r)) continue
      try {
        const { envelope } = entry.eventOf(r.event, job.origin)
        if (!isLost(this.parts.restores, r.event, envelope)) found.push(entry)
      } catch (error) {
        await this.giveUp(r, entry, { error, attempts: 1 }, job)
      }
    }
    return found
  }

  private async run(r: Reaction, batch: readonly BatchEntry[], attempt: number, job: Job): Promise<void> {
    const { origin, signal } = job
    const { topic, partition } = origin
    const stop = this.parts.metrics.seconds.startTimer({ reaction: r.name })
    try {
      await failPoint('consumer.beforeHandle')
      const events = batch.map((entry) => entry.eventOf(r.event, origin))
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

  private async giveUp(r: Reaction, entry: BatchEntry, why: Why, job: Job): Promise<void> {
    await this.deadLetter(r.name, entry.message, why, job)
    entry.finish(r)
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
