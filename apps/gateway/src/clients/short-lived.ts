import { LRUCache } from 'lru-cache'

/** Holds the most recent, and forgets all at once: `lifeMs` after the first of them at the latest, though nobody comes. */
export class ShortLived<V extends object> {
  private readonly held: LRUCache<string, V>

  constructor(
    max: number,
    private readonly lifeMs: number,
  ) {
    this.held = new LRUCache({ max })
  }

  get size(): number {
    return this.held.size
  }

  get(key: string): V | undefined {
    return this.held.get(key)
  }

  set(key: string, value: V): void {
    if (this.held.size === 0) setTimeout(() => this.held.clear(), this.lifeMs).unref()
    this.held.set(key, value)
  }
}
