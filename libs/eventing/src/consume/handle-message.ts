import { type Envelope } from '@mpics/contracts'
import type { Restores } from '@mpics/mongo'
import { Logger } from '@nestjs/common'
import { envelopeOf } from '../envelope/read-record.js'
import { headerOf, type Message, type RecordTexts, textsOf } from '../envelope/record-texts.js'
import { EffectInProgressError, UnknownReactionError } from '../errors.js'
import { failPoint } from '../fail-point.js'
import type { EventingMetrics } from '../metrics.js'
import { type ErasedIds, namedBy } from './erased-ids.js'
import type { DeadLetterWriter } from './dead-letter-writer.js'
import type { ProcessedEvents } from './processed-events.js'
import type { Outcome } from './key-lanes.js'
import type { EventContext } from './on.js'
import type { Origin } from '../topics/origin.js'
import { isLost, isOfLostTime } from '../envelope/lost-events.js'
import { retentionDays } from './retention-days.js'
import { reasonOf } from '../reason.js'
import { wordsOf } from '../words-of.js'
import { type Reaction, type Reactions, replayedTo } from './reaction.js'
import { Attempts, RETRY_MS, untilSure } from '../retry.js'
import { traced } from './traced.js'
import { TOLD_EVERY } from '../told-every.js'

export interface Item {
  readonly message: Message
  finished: number
  /** Attempts of the next reaction. */
  attempts: Attempts
  givenUp?: boolean
}

interface Circumstances {
  texts: RecordTexts
  origin: Origin
  signal: AbortSignal
  failing: boolean
}

export interface HandlingParts {
  reactions: Reactions
  processedEvents: ProcessedEvents
  metrics: EventingMetrics
  /** Absent for every-replica delivery, which logs a failed event and passes over it. */
  deadLetters?: DeadLetterWriter
  retryMs?: readonly number[]
  /** Absent where nothing is stored. */
  erased?: ErasedIds
  restores?: Restores
  /** Is called before each attempt: see `EventServer.beforeEach`. */
  before?: (envelope: Envelope) => void
  /** Is called after each attempt, a failed one included: see `EventServer.afterEach`. */
  after?: (envelope: Envelope) => void
}

const DEAD_LETTERS_AWAY_MS = 1_000
const AFTER_A_DEFECT_MS = 1_000

export class MessageHandling {
  private readonly logger = new Logger('EventServer')

  constructor(private readonly parts: HandlingParts) {}

  /** `failing`: the preceding event of the same key was given up, so this one gets fewer attempts. Never rejects. */
  async attempt(item: Item, origin: Origin, signal: AbortSignal, failing: boolean): Promise<Outcome> {
    try {
      return await this.all(item, { texts: textsOf(item.message), origin, signal, failing })
    } catch (error) {
      this.parts.metrics.defects.inc()
      this.logger.error(`A defect keeps ${where(origin, item)} waiting: ${wordsOf(error)}`)
      return AFTER_A_DEFECT_MS
    }
  }

  private async all(item: Item, at: Circumstances): Promise<Outcome> {
    const { origin } = at
    const reactions = this.reactionsTo(item.message, at)
    if (origin.replayed && reactions.length === 0) return this.giveBack(item, origin)
    while (item.finished < reactions.length) {
      const outcome = await this.react(reactions[item.finished]!, item, at)
      if (typeof outcome === 'number') return outcome
      item.givenUp ||= outcome === 'given-up'
      item.finished++
      item.attempts = new Attempts()
    }
    return item.givenUp ? 'given-up' : 'done'
  }

  private reactionsTo(message: Message, { texts, origin }: Circumstances): readonly Reaction[] {
    const { metrics, reactions } = this.parts
    const { type, value } = texts
    if (value === null) metrics.ignored.inc({ reason: 'tombstone' })
    else if (typeof type !== 'string') metrics.ignored.inc({ reason: 'foreign' })
    else {
      const found = reactions.to(type)
      if (found.length === 0) metrics.ignored.inc({ reason: 'unknown-type' })
      return origin.replayed ? replayedTo(found, headerOf(message, 'dlt_reaction')) : found
    }
    return []
  }

  private async react(reaction: Reaction, item: Item, at: Circumstances): Promise<Outcome> {
    item.attempts.begin()
    const stop = this.parts.metrics.seconds.startTimer({ reaction: reaction.name })
    try {
      await this.run(reaction, item, at)
      this.parts.metrics.handled.inc({ type: reaction.event.type, reaction: reaction.name })
      return 'done'
    } catch (error) {
      return await this.failed(reaction, item, at, error)
    } finally {
      stop()
    }
  }

  private async run(reaction: Reaction, item: Item, at: Circumstances): Promise<void> {
    const envelope = envelopeOf(at.texts, reaction.event)
    if (!this.isOfItsTime(reaction, envelope)) return
    const context = this.context(item, at)
    await failPoint('consumer.beforeHandle')
    try {
      await traced(reaction.name, envelope, () => {
        this.parts.before?.(envelope)
        return this.unlessErased(reaction, envelope, context)
      })
    } finally {
      this.parts.after?.(envelope)
    }
    await failPoint('consumer.afterHandle')
  }

  private isOfItsTime({ event, options }: Reaction, envelope: Envelope): boolean {
    const { restores, metrics } = this.parts
    if (options.ofLostTimeAlone) return isOfLostTime(restores, event, envelope)
    if (!isLost(restores, event, envelope)) return true
    metrics.ignored.inc({ reason: 'lost' })
    return false
  }

  /** Nothing late brings an erased account back. */
  private async unlessErased(reaction: Reaction, envelope: Envelope, context: EventContext): Promise<void> {
    const erased = reaction.options.ofErased ? undefined : this.parts.erased
    if (!erased) return this.effect(reaction, envelope, context)
    const [named, { look }, { signal }] = [namedBy(envelope), reaction.options, context]
    if (!look && !(await untilSure(erased.without([named], undefined, signal))).length) return
    const isWanted = () => untilSure(erased.isNamedIn(named).then((isNamed) => !isNamed))
    await this.effect(reaction, envelope, look === 'beside' ? { ...context, isWanted } : context)
    // the look that counts: what was written for something erased is erased again, whichever came first
    await untilSure(erased.recheck([named], signal))
  }

  private async effect(reaction: Reaction, envelope: Envelope, context: EventContext): Promise<void> {
    if (reaction.idempotence === 'natural') return reaction.handle(envelope, context)
    const days = retentionDays(reaction.event)
    await this.parts.processedEvents.once(reaction.name, envelope.id, () => reaction.handle(envelope, context), days)
  }

  private context(item: Item, { origin, signal }: Circumstances): EventContext {
    const { topic, partition } = origin
    const { offset } = item.message
    return { topic, partition, offset, attempt: item.attempts.made, signal }
  }

  private async failed(reaction: Reaction, item: Item, at: Circumstances, error: unknown): Promise<Outcome> {
    const { origin, signal, failing } = at
    // the abort may have caused the failure: the next owner of the partition tries again
    if (signal.aborted) return 0
    const labels = { type: reaction.event.type, reaction: reaction.name }
    const { retryMs = RETRY_MS } = this.parts
    const again = item.attempts.againAfter(error, failing ? retryMs.slice(0, 1) : retryMs)
    if (again !== undefined) {
      this.parts.metrics.retried.inc(labels)
      const { made } = item.attempts
      if (made % TOLD_EVERY === 0 || (made === 1 && !(error instanceof EffectInProgressError)))
        this.logger.warn(`${reaction.name} will try ${where(origin, item)} again: ${reasonOf(error)}`)
      return again
    }
    return this.giveUp(reaction.name, item, origin, error)
  }

  /** A dead letter that nobody here answers for stays one. */
  private giveBack(item: Item, origin: Origin): Promise<Outcome> {
    const name = headerOf(item.message, 'dlt_reaction') ?? ''
    return this.giveUp(name, item, origin, new UnknownReactionError(name))
  }

  private async giveUp(reaction: string, item: Item, origin: Origin, error: unknown): Promise<Outcome> {
    const { deadLetters, metrics } = this.parts
    try {
      await deadLetters?.write(item.message, origin, { reaction, error, attempts: item.attempts.made })
    } catch (away) {
      // an event is not dealt with until its dead letter is written: nothing may be lost
      this.logger.error(`The dead letters of ${origin.topic} cannot be written: ${wordsOf(away)}`)
      return DEAD_LETTERS_AWAY_MS
    }
    const counter = deadLetters ? metrics.deadLetters : metrics.givenUp
    counter.inc({ topic: origin.topic, reaction })
    this.logger.error(
      `${reaction} gave up ${where(origin, item)} after ${item.attempts.made} attempts: ${reasonOf(error)}`,
    )
    return 'given-up'
  }
}

const where = (origin: Origin, item: Item): string => `${origin.topic}/${origin.partition}/${item.message.offset}`
