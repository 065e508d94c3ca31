import { setTimeout as delay } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import { reasonOf } from '../reason.js'
import { Attempts } from '../retry.js'
import { TOLD_EVERY } from '../told-every.js'
import type { Pending } from './outbox-source.js'
import type { OwnFacts, Untold } from './own-facts.js'
import type { OutboxEntry } from './stamp.js'

const LINGER_MS = 100
const NONE: ReadonlySet<string> = new Set()

interface Turn {
  event: OutboxEntry
  attempts: Attempts
  dueAt: number
}

interface Waiting extends Pending {
  events: OutboxEntry[]
  /** Of which the service has yet to hear, by id. */
  open: Map<string, Turn>
}

export interface TellingParts {
  ownFacts: OwnFacts
  /** In events. */
  capacity: number
  /** False as soon as the relay is to end its term. */
  mayWait: () => boolean
  /** Takes events that may be removed. */
  done: (published: readonly Pending[]) => void
  givenUp: (type: string) => void
}

/**
 * Published events of which their own service has yet to hear. They stay in their outboxes until then, and later ones of the same
 * document with them: whoever publishes them again after a crash does so in order.
 */
export class Telling {
  private readonly logger = new Logger('Relay')
  private readonly waiting = new Map<string, Waiting>()
  private size = 0
  private failures = 0
  private isEnding = false
  private running?: Promise<void>

  constructor(private readonly parts: TellingParts) {}

  /** Ids of all events that wait here. */
  ids(): ReadonlySet<string> {
    return new Set([...this.waiting.values()].flatMap(({ events }) => events.map(({ id }) => id)))
  }

  /** Leaves out what is published, and only waits here, or did when the scan began that found it. */
  unpublished(found: readonly Pending[], waited = NONE): readonly Pending[] {
    if (this.waiting.size + waited.size === 0) return found
    return found.flatMap((pending) => {
      const known = new Set(this.waiting.get(keyOf(pending))?.events.map(({ id }) => id))
      const events = pending.events.filter(({ id }) => !known.has(id) && !waited.has(id))
      return events.length > 0 ? [{ ...pending, events }] : []
    })
  }

  /** Takes what the service has to hear of, and resolves to the others. Waits only where memory would grow. */
  async add(published: readonly Pending[]): Promise<readonly Pending[]> {
    const others = published.filter((pending) => !this.take(pending))
    while (this.size >= this.parts.capacity && this.parts.mayWait()) await delay(LINGER_MS, undefined, { ref: false })
    return others
  }

  /** Tells nothing more, or of everything once more; what then fails is left to the next relay. */
  async end(tells: boolean): Promise<void> {
    this.isEnding = true
    await this.running
    if (tells) await this.tell(Infinity)
  }

  private take(pending: Pending): boolean {
    const known = this.waiting.get(keyOf(pending))
    const concerning = pending.events.filter(({ type }) => this.parts.ownFacts.concern(type))
    if (!known && concerning.length === 0) return false
    const waiting = known ?? { ...pending, events: [], open: new Map<string, Turn>() }
    this.waiting.set(keyOf(pending), waiting)
    waiting.events.push(...pending.events)
    for (const event of concerning) waiting.open.set(event.id, { event, attempts: new Attempts(), dueAt: 0 })
    this.size += pending.events.length
    this.running ??= this.keepTelling()
    return true
  }

  private async keepTelling(): Promise<void> {
    while (this.waiting.size > 0 && !this.isEnding) {
      await delay(LINGER_MS, undefined, { ref: false })
      await this.tell(performance.now()).catch((error: unknown) => this.warn(error))
    }
    this.running = undefined
  }

  private async tell(now: number): Promise<void> {
    const due = [...this.waiting.values()].flatMap(({ open }) => [...open.values()].filter(({ dueAt }) => dueAt <= now))
    if (due.length === 0) return
    const untold = await this.parts.ownFacts.tell(due.map(({ event }) => event))
    if (untold.size === 0) this.failures = 0
    else this.warn([...untold.values()][0]!.error)
    const again = new Set(due.filter((turn) => mayTryAgain(turn, untold.get(turn.event.id))))
    this.giveUp(
      due.filter((turn) => untold.has(turn.event.id) && !again.has(turn)).map(({ event }) => event),
      untold,
    )
    const over = new Set(due.filter((turn) => !again.has(turn)).map(({ event }) => event.id))
    for (const waiting of this.waiting.values()) this.forget(waiting, over)
  }

  /** Nothing of a document is removed while one of its events is open. */
  private forget(waiting: Waiting, over: ReadonlySet<string>): void {
    const { collection, id, events, open } = waiting
    for (const eventId of open.keys()) if (over.has(eventId)) open.delete(eventId)
    if (open.size > 0) return
    this.waiting.delete(keyOf(waiting))
    this.size -= events.length
    this.parts.done([{ collection, id, events }])
  }

  private giveUp(events: readonly OutboxEntry[], untold: ReadonlyMap<string, Untold>): void {
    for (const { type } of events) this.parts.givenUp(type)
    for (const [remedy, some] of Map.groupBy(events, ({ id }) => untold.get(id)!.remedy))
      this.logger.error(
        `This service never hears of ${some.length} of its own events: ${reasonOf(untold.get(some[0]!.id)!.error)}. What is missing by that is mended by ${remedy}`,
      )
  }

  private warn(error: unknown): void {
    if (this.failures++ % TOLD_EVERY === 0)
      this.logger.warn(
        `Published events stay in their outboxes until this service has heard of them: ${reasonOf(error)}`,
      )
  }
}

function mayTryAgain(turn: Turn, failed: Untold | undefined): boolean {
  const pause = failed && turn.attempts.againAfter(failed.error)
  if (pause === undefined) return false
  turn.dueAt = performance.now() + pause
  return true
}

const keyOf = ({ collection, id }: Pending): string => `${collection}/${id}`
