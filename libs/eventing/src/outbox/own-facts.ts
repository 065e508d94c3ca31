import type { EventDefinition } from '@mpics/contracts'
import type { OutboxEntry } from './stamp.js'

export type OwnFact = Pick<OutboxEntry, 'type' | 'data' | 'seq'>
/** An event as its own service hears of it. */
export interface Told<D = unknown> {
  readonly data: D
  /** Strictly increasing per subject. */
  readonly sequence: number
}
type Listener = (facts: readonly Told[]) => Promise<void>

const MOST_AT_ONCE = 1_000

/** Who in this service hears of which of its own events once they are published. */
export class OwnFacts {
  private readonly listeners: { types: ReadonlySet<string>; listener: Listener }[] = []

  add(events: readonly Pick<EventDefinition, 'type'>[], listener: Listener): void {
    this.listeners.push({ types: new Set(events.map(({ type }) => type)), listener })
  }

  concern(type: string): boolean {
    return this.listeners.some(({ types }) => types.has(type))
  }

  /** Rejects if a listener does: then all of it is to be told again. */
  async tell(facts: readonly OwnFact[]): Promise<void> {
    for (const { types, listener } of this.listeners) {
      const wanted = facts.filter(({ type }) => types.has(type)).map(({ data, seq }) => ({ data, sequence: seq }))
      for (let from = 0; from < wanted.length; from += MOST_AT_ONCE)
        await toldOf(listener, wanted.slice(from, from + MOST_AT_ONCE))
    }
  }
}

/** If a listener fails, it hears of each alone, so that none waits for another's sake. */
async function toldOf(listener: Listener, facts: readonly Told[]): Promise<void> {
  try {
    await listener(facts)
  } catch (error) {
    if (facts.length === 1) throw error
    const alone = await Promise.allSettled(facts.map((one) => listener([one])))
    for (const told of alone) if (told.status === 'rejected') throw told.reason
  }
}
