import type { EventDefinition } from '@mpics/contracts'
import { isOutage } from '../retry.js'
import type { OutboxEntry } from './stamp.js'

export type OwnFact = Pick<OutboxEntry, 'id' | 'type' | 'data' | 'seq'>
/** An event as its own service hears of it. */
export interface Told<D = unknown> {
  readonly data: D
  /** Strictly increasing per subject. */
  readonly sequence: number
}
export interface Untold {
  readonly error: unknown
  /** What an operator does where this is given up. */
  readonly remedy: string
}
type Listen = (facts: readonly Told[]) => Promise<void>
interface Listener {
  readonly types: ReadonlySet<string>
  readonly listen: Listen
  readonly remedy: string
}

const MOST_AT_ONCE = 1_000

/** Who in this service hears of which of its own events once they are published. */
export class OwnFacts {
  private readonly listeners: Listener[] = []

  add(events: readonly Pick<EventDefinition, 'type'>[], listen: Listen, remedy: string): void {
    this.listeners.push({ types: new Set(events.map(({ type }) => type)), listen, remedy })
  }

  get types(): string[] {
    return this.listeners.flatMap(({ types }) => [...types])
  }

  concern(type: string): boolean {
    return this.listeners.some(({ types }) => types.has(type))
  }

  /** Resolves to the ids of those that failed, with why: these are to be told again. */
  async tell(facts: readonly OwnFact[]): Promise<Map<string, Untold>> {
    const untold = new Map<string, Untold>()
    for (const { types, listen, remedy } of this.listeners) {
      const wanted = facts.filter(({ type }) => types.has(type))
      for (let from = 0; from < wanted.length; from += MOST_AT_ONCE)
        for (const [id, error] of await failing(listen, wanted.slice(from, from + MOST_AT_ONCE)))
          untold.set(id, { error, remedy })
    }
    return untold
  }
}

/** Halves what failed until it knows which fact is to blame, one call at a time. In an outage none is. */
async function failing(listen: Listen, facts: readonly OwnFact[]): Promise<[string, unknown][]> {
  try {
    await listen(facts.map(({ data, seq }) => ({ data, sequence: seq })))
    return []
  } catch (error) {
    if (facts.length === 1 || isOutage(error)) return facts.map(({ id }) => [id, error])
    const half = Math.ceil(facts.length / 2)
    return [...(await failing(listen, facts.slice(0, half))), ...(await failing(listen, facts.slice(half)))]
  }
}
