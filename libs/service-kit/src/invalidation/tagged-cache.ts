import { AsyncLocalStorage } from 'node:async_hooks'
import { LRUCache } from 'lru-cache'
import { boundedTo } from './byte-bounds.js'

interface Answer<V> {
  readonly value: V
  /** By `performance.now()`; 0 for what may not be held. */
  readonly endsAt: number
}

interface Entry<V> extends Answer<V> {
  readonly tags: readonly string[]
}

type TagsOf<V> = (value: V) => readonly string[] | null

/** Of the load that asks, in whichever cache: what it is made of may not end after its answer does. */
const loading = new AsyncLocalStorage<{ endsAt: number }>()

function used<V>({ value, endsAt }: Answer<V>): V {
  const load = loading.getStore()
  if (load && endsAt < load.endsAt) load.endsAt = endsAt
  return value
}

export interface CacheBounds {
  /** Most bytes, by an estimate; the least recently used entry goes first. */
  readonly maxBytes: number
  /** Life of an entry from when it was asked for, and so the longest staleness while the replica hears no events. */
  readonly ttlMs: number
}

/** A bounded cache; dropping a tag removes the entries with it. */
export class TaggedCache<V> {
  private readonly entries: LRUCache<string, Entry<V>>
  private readonly keysByTag = new Map<string, Set<string>>()
  /** For each load under way, the tags dropped since it began. */
  private readonly loads = new Set<Set<string>>()
  private readonly flights = new Map<string, Promise<Answer<V>>>()
  private readonly ttlMs: number

  constructor({ maxBytes, ttlMs }: CacheBounds) {
    const dispose = ({ tags }: Entry<V>, key: string) => this.untag(key, tags)
    this.entries = new LRUCache<string, Entry<V>>({ ...boundedTo(maxBytes), ttl: ttlMs, dispose })
    this.ttlMs = ttlMs
  }

  get size(): number {
    return this.entries.size
  }

  get bytes(): number {
    return this.entries.calculatedSize
  }

  get(key: string): V | undefined {
    const known = this.entries.get(key)
    return known && used(known)
  }

  /** `ttlMs`: a shorter life for this entry. */
  set(key: string, value: V, tags: readonly string[] = [], ttlMs = this.ttlMs): void {
    this.entries.set(key, { value, tags, endsAt: performance.now() + ttlMs }, { ttl: ttlMs })
    // an entry that is larger than the whole cache is not taken
    if (this.entries.has(key)) for (const tag of tags) this.tag(key, tag)
  }

  /**
   * One asks for all that want the same meanwhile. An answer whose tags were dropped while it was under way may be older than the
   * change: it is not cached, and whoever comes after a drop asks anew. Without tags (null) it is not cached either. An answer that
   * is made of others, by loads within `ask`, ends with the first of them.
   */
  async load(key: string, ask: () => Promise<V>, tagsOf: TagsOf<V>): Promise<V> {
    const known = this.entries.get(key)
    if (known) return used(known)
    const underWay = this.flights.get(key)
    if (underWay) return used(await underWay)
    const flight = this.ask(key, ask, tagsOf).finally(() => {
      if (this.flights.get(key) === flight) this.flights.delete(key)
    })
    this.flights.set(key, flight)
    return used(await flight)
  }

  private async ask(key: string, ask: () => Promise<V>, tagsOf: TagsOf<V>): Promise<Answer<V>> {
    const dropped = new Set<string>()
    const load = { endsAt: performance.now() + this.ttlMs }
    this.loads.add(dropped)
    try {
      const value = await loading.run(load, ask)
      const tags = tagsOf(value)
      if (!tags || tags.some((tag) => dropped.has(tag))) return { value, endsAt: 0 }
      const leftMs = load.endsAt - performance.now()
      if (leftMs > 0) this.set(key, value, tags, leftMs)
      return { value, endsAt: load.endsAt }
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
