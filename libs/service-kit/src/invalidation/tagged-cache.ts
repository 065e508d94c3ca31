import { LRUCache } from 'lru-cache'
import { boundedTo } from './byte-bounds.js'

interface Entry<V> {
  readonly value: V
  readonly tags: readonly string[]
}

export interface CacheBounds {
  /** Most bytes, by an estimate; the least recently used entry goes first. */
  readonly maxBytes: number
  /** Life of an entry, and so the longest staleness while the replica hears no events. */
  readonly ttlMs: number
}

/** A bounded cache; dropping a tag removes the entries with it. */
export class TaggedCache<V> {
  private readonly entries: LRUCache<string, Entry<V>>
  private readonly keysByTag = new Map<string, Set<string>>()
  /** For each load under way, the tags dropped since it began. */
  private readonly loads = new Set<Set<string>>()
  private readonly flights = new Map<string, Promise<V>>()

  constructor({ maxBytes, ttlMs }: CacheBounds) {
    const dispose = ({ tags }: Entry<V>, key: string) => this.untag(key, tags)
    this.entries = new LRUCache<string, Entry<V>>({ ...boundedTo(maxBytes), ttl: ttlMs, dispose })
  }

  get size(): number {
    return this.entries.size
  }

  get bytes(): number {
    return this.entries.calculatedSize
  }

  get(key: string): V | undefined {
    return this.entries.get(key)?.value
  }

  /** `ttlMs`: a shorter life for this entry. */
  set(key: string, value: V, tags: readonly string[] = [], ttlMs?: number): void {
    this.entries.set(key, { value, tags }, ttlMs === undefined ? undefined : { ttl: ttlMs })
    // an entry that is larger than the whole cache is not taken
    if (this.entries.has(key)) for (const tag of tags) this.tag(key, tag)
  }

  /**
   * One asks for all that want the same meanwhile. An answer whose tags were dropped while it was under way may be older than the
   * change: it is not cached, and whoever comes after a drop asks anew. Without tags (null) it is not cached either.
   */
  async load(key: string, ask: () => Promise<V>, tagsOf: (value: V) => readonly string[] | null): Promise<V> {
    const known = this.entries.get(key)
    if (known) return known.value
    const underWay = this.flights.get(key)
    if (underWay) return underWay
    const flight = this.ask(key, ask, tagsOf).finally(() => {
      if (this.flights.get(key) === flight) this.flights.delete(key)
    })
    this.flights.set(key, flight)
    return flight
  }

  private async ask(key: string, ask: () => Promise<V>, tagsOf: (value: V) => readonly string[] | null): Promise<V> {
    const dropped = new Set<string>()
    this.loads.add(dropped)
    try {
      const value = await ask()
      const tags = tagsOf(value)
      if (tags && !tags.some((tag) => dropped.has(tag))) this.set(key, value, tags)
      return value
    } finally {
      this.loads.delete(dropped)
    }
  }

  drop(tag: string): void {
    for (const dropped of this.loads) dropped.add(tag)
    this.flights.clear()
    for (const key of this.keysByTag.get(tag) ?? []) this.entries.delete(key)
  }

  private tag(key: string, tag: string): void {
    const keys = this.keysByTag.get(tag)
    if (keys) keys.add(key)
    else this.keysByTag.set(tag, new Set([key]))
  }

  private untag(key: string, tags: readonly string[]): void {
    for (const tag of tags) {
      const keys = this.keysByTag.get(tag)
      keys?.delete(key)
      if (keys?.size === 0) this.keysByTag.delete(tag)
    }
  }
}
