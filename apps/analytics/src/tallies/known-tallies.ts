import { LRUCache } from 'lru-cache'

/** Sketches take up to 4 KiB. */
const MAX_TALLIES = 1_000
/** An erased tally is in memory no longer. */
const LIFE_MS = 60_000

/**
 * Keeps tallies as this replica saved them last, so that counting does not read them. One that somebody else has saved since has
 * another version, and the write that rests on it fails.
 */
export class KnownTallies<T extends object> {
  private readonly kept = new LRUCache<string, T>({ max: MAX_TALLIES, ttl: LIFE_MS })

  constructor(private readonly read: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>) {}

  /** Hands tallies over: after a failed save nobody gives them back, and the next one reads them. */
  async take(ids: readonly string[]): Promise<ReadonlyMap<string, T>> {
    const known = new Map<string, T>()
    for (const id of ids) {
      const tally = this.kept.get(id)
      if (tally) known.set(id, tally)
      this.kept.delete(id)
    }
    const unknown = ids.filter((id) => !known.has(id))
    return unknown.length === 0 ? known : new Map([...known, ...(await this.read(unknown))])
  }

  keep(tallies: Iterable<readonly [string, T]>): void {
    for (const [id, tally] of tallies) this.kept.set(id, tally)
  }
}
