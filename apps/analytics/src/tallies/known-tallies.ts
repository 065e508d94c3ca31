import type { Session } from '@mpics/mongo'
import { LRUCache } from 'lru-cache'
import type { Tally } from './tally.js'

/** A tally takes so much beside its sketch, which is some bytes for few browsers, and 4 KiB at most. */
const TALLY_BYTES = 1_000
const MAX_BYTES = 6 * 1024 * 1024
/** MongoDB answers with so many at once, whatever their sketches. */
const MOST_READ = 1_000
/** An erased tally is in memory no longer. */
const LIFE_MS = 60_000

export interface Taken<T> {
  readonly tallies: ReadonlyMap<string, T>
  /** Whether it was asked of MongoDB now, also where there is none. */
  readonly wasRead: (id: string) => boolean
}

/**
 * Keeps tallies as this replica saved them last, so that counting does not read them. One that somebody else has saved since has
 * another version, and the write that rests on it fails.
 */
export class KnownTallies<T extends Pick<Tally, 'registers'>> {
  private readonly kept = new LRUCache<string, T>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ registers }) => TALLY_BYTES + registers.length,
    ttl: LIFE_MS,
  })

  /** `read` gets a thousand ids at most. */
  constructor(private readonly read: (ids: readonly string[], session?: Session) => Promise<ReadonlyMap<string, T>>) {}

  /** Hands tallies over: after a failed save nobody gives them back, and the next one reads them. */
  async take(ids: readonly string[], session?: Session): Promise<Taken<T>> {
    const tallies = new Map<string, T>()
    for (const id of ids) {
      const tally = this.kept.get(id)
      if (tally) tallies.set(id, tally)
      this.kept.delete(id)
    }
    const unknown = ids.filter((id) => !tallies.has(id))
    for (let from = 0; from < unknown.length; from += MOST_READ)
      for (const [id, tally] of await this.read(unknown.slice(from, from + MOST_READ), session)) tallies.set(id, tally)
    const read = new Set(unknown)
    return { tallies, wasRead: (id) => read.has(id) }
  }

  keep(tallies: Iterable<readonly [string, T]>): void {
    for (const [id, tally] of tallies) this.kept.set(id, tally)
  }
}
