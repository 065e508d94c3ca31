import { setTimeout as delay } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import { Attempts } from '../retry.js'
import { wordsOf } from '../words-of.js'
import type { Pending } from './outbox-source.js'
import type { OwnFacts, Untold } from './own-facts.js'
import type { OutboxEntry } from './stamp.js'

const LINGER_MS = 100

interface Waiting extends Pending {
  attempts: Attempts
  dueAt: number
}

export interface TellingParts {
  ownFacts: OwnFacts
  /** In events. */
  capacity: number
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
  private isEnding = false
  private running?: Promise<void>

  constructor(private readonly parts: TellingParts) {}

  /** Leaves out what is published, and only waits here. */
  unpublished(found: readonly Pending[]): readonly Pending[] {
    if (this.waiting.size === 0) return found
    return found.flatMap((pending) => {
      const known = new Set(this.waiting.get(keyOf(pending))?.events.map(({ id }) => id))
      const events = pending.events.filter(({ id }) => !known.has(id))
      return events.length > 0 ? [{ ...pending, events }] : []
    })
  }

  /** Takes what the service has to hear of, and resolves to the others. Waits only where memory would grow. */
  async add(published: readonly Pending[]): Promise<readonly Pending[]> {
    const others = published.filter((pending) => !this.take(pending))
    while (this.size >= this.parts.capacity && !this.isEnding) await delay(LINGER_MS, undefined, { ref: false })
    return others
  }

  /** Tells of everything once more; what then fails is left to the next relay. */
  async end(): Promise<void> {
    this.isEnding = true
    await this.running
    await this.tell([...this.waiting.values()])
  }

  private take(pending: Pending): boolean {
    const known = this.waiting.get(keyOf(pending))
    if (!known && !pending.events.some(({ type }) => this.parts.ownFacts.concern(type))) return false
    if (known) known.events = [...known.events, ...pending.events]
    else this.waiting.set(keyOf(pending), { ...pending, attempts: new Attempts(), dueAt: 0 })
    this.size += pending.events.length
    this.running ??= this.keepTelling()
    return true
  }

  private async keepTelling(): Promise<void> {
    while (this.waiting.size > 0 && !this.isEnding) {
      await delay(LINGER_MS, undefined, { ref: false })
      const now = performance.now()
      await this.tell([...this.waiting.values()].filter(({ dueAt }) => dueAt <= now))
    }
    this.running = undefined
  }

  private async tell(due: readonly Waiting[]): Promise<void> {
    const told = due.map((waiting) => ({ waiting, events: waiting.events }))
    const untold = await this.parts.ownFacts.tell(told.flatMap(({ events }) => events))
    const givenUp: Untold[] = []
    for (const { waiting, events } of told) {
      const failed = events.filter(({ id }) => untold.has(id))
      if (failed.length > 0 && this.mayTryAgain(waiting, untold.get(failed[0]!.id)!.error)) continue
      for (const { id, type } of failed) {
        this.parts.givenUp(type)
        givenUp.push(untold.get(id)!)
      }
      this.forget(waiting, events)
    }
    this.complain(givenUp)
  }

  private mayTryAgain(waiting: Waiting, error: unknown): boolean {
    const pause = waiting.attempts.againAfter(error)
    if (pause === undefined) return false
    waiting.dueAt = performance.now() + pause
    return true
  }

  /** Events that came while these were told stay. */
  private forget(waiting: Waiting, events: readonly OutboxEntry[]): void {
    const { collection, id } = waiting
    this.size -= events.length
    waiting.events = waiting.events.slice(events.length)
    waiting.attempts = new Attempts()
    waiting.dueAt = 0
    if (waiting.events.length === 0) this.waiting.delete(keyOf(waiting))
    this.parts.done([{ collection, id, events: [...events] }])
  }

  private complain(givenUp: readonly Untold[]): void {
    for (const [remedy, some] of Map.groupBy(givenUp, (one) => one.remedy))
      this.logger.error(
        `This service never hears of ${some.length} of its own events: ${wordsOf(some[0]!.error)}. What is missing by that is mended by ${remedy}`,
      )
  }
}

const keyOf = ({ collection, id }: Pending): string => `${collection}/${id}`
