import { headerOf, type Message } from '../../src/envelope/record-texts.js'
import { counted, type Fact, told } from './facts.js'
import type { Process } from './network.js'

const REACTIONS: Record<string, readonly string[]> = { [told.type]: ['Project', 'Mail'], [counted.type]: ['Count'] }
/** Shorter than a claim of a processed event lasts. */
const CLAIM_MS = 10_000

interface Effect {
  process: Process
  disturbances: number
  at: number
}

/** Records every event handled or given up, and every outside effect; the promises of consuming are compared with it. */
export class Ledger {
  private readonly finished = new Set<string>()
  private readonly letters = new Set<string>()
  private readonly running = new Map<string, string>()
  private readonly effects = new Map<string, Effect[]>()
  private readonly order = new Map<string, string[]>()

  /** Facts of one key, in the order of their first statement. */
  expect(key: string, eventId: string): void {
    this.order.set(key, [...(this.order.get(key) ?? []), eventId])
  }

  done(eventId: string, reaction: string): void {
    this.finished.add(`${eventId} ${reaction}`)
  }

  buried(eventId: string, reaction: string): void {
    this.letters.add(`${eventId} ${reaction}`)
  }

  handled(eventId: string): boolean {
    return reactionsTo(eventId).every((reaction) => this.finished.has(`${eventId} ${reaction}`))
  }

  /** One key is never handled by two at once in a process, and nothing of it before all that stands before it is dealt with. */
  async handling(process: Process, fact: Fact, reaction: string, handle: () => Promise<void>): Promise<void> {
    if (this.letters.has(`${fact.id} ${reaction}`)) return handle()
    for (const earlier of this.earlier(fact))
      if (!this.isDealtWith(earlier)) throw this.broken(`${fact.id} is handled before ${earlier}`)
    await this.alone(`${process.name} ${fact.subject}`, fact.id, handle)
  }

  /** Nothing else of the lane begins before it has ended. */
  async alone(lane: string, eventId: string, handle: () => Promise<void>): Promise<void> {
    const other = this.running.get(lane)
    if (other) throw this.broken(`${eventId} is handled at once with ${other}`)
    this.running.set(lane, eventId)
    try {
      await handle()
    } finally {
      this.running.delete(lane)
    }
  }

  /** Once only, unless whoever did it, or does it now, was disturbed before it was known to be done. */
  effect(eventId: string, effect: Effect, marked: boolean): void {
    const before = this.effects.get(eventId) ?? []
    // what was on its way when its sender was disturbed may arrive whenever it likes; a claim ends while its holder is paused
    const excused =
      effect.process.disturbances !== effect.disturbances || effect.process.disturbedAt >= effect.at - CLAIM_MS
    if (marked && !excused) throw new Error(`${eventId} is mailed again although it is marked as done`)
    for (const { process, disturbances, at } of before)
      if (
        process.disturbances === disturbances &&
        effect.at - at < CLAIM_MS &&
        effect.process.disturbedAt < at - CLAIM_MS
      )
        throw new Error(`${eventId} was mailed twice, and nothing had happened to the first`)
    this.effects.set(eventId, [...before, effect])
    this.done(eventId, 'Mail')
  }

  committing(partition: string, covered: readonly Message[]): void {
    for (const message of covered) {
      const eventId = headerOf(message, 'ce_id')
      const only = headerOf(message, 'dlt_reaction')
      if (eventId && message.value !== null && !this.isDealtWith(eventId, only))
        throw new Error(`the position of ${partition} passes ${eventId}, which is not done`)
    }
  }

  /** The first break of a promise, kept for the world to find: a handler's error would only be tried again. */
  firstBroken?: Error

  private broken(message: string): Error {
    this.firstBroken ??= new Error(message)
    return this.firstBroken
  }

  private earlier(fact: Fact): string[] {
    const all = this.order.get(fact.subject) ?? []
    return all.slice(0, Math.max(0, all.indexOf(fact.id)))
  }

  private isDealtWith(eventId: string, only?: string): boolean {
    return reactionsTo(eventId)
      .filter((reaction) => !only || reaction === only)
      .every((reaction) => this.finished.has(`${eventId} ${reaction}`) || this.letters.has(`${eventId} ${reaction}`))
  }
}

const reactionsTo = (eventId: string): readonly string[] => REACTIONS[eventId.split('/')[0]!] ?? []
