import { Logger } from '@nestjs/common'
import { eventsIn } from './chunks.js'
import type { OutboxSource, Pending, Removal } from './outbox-source.js'
import { TOLD_EVERY } from '../told-every.js'
import { wordsOf } from '../words-of.js'

const LINGER_MS = 100

/** Removes published events from the outboxes, a little later and many at a time. */
export class Remover {
  private readonly logger = new Logger('Relay')
  private failures = 0
  /** By collection. Ids alone: thousands of long-lived objects would be most of the collector's work. */
  private published = new Map<string, Removal>()
  private waiting = 0
  private timer?: NodeJS.Timeout
  private running?: Promise<void>

  constructor(
    private readonly source: Pick<OutboxSource, 'remove'>,
    /** In events. */
    private readonly capacity: number,
  ) {}

  /** Waits only when removing is so much slower than publishing that memory would grow. */
  async add(published: readonly Pending[]): Promise<void> {
    this.put(published)
    if (this.waiting >= this.capacity) return this.flush()
  }

  put(published: readonly Pending[]): void {
    for (const { collection, id, events } of published) {
      const { ids, eventIds } = this.of(collection)
      ids.push(id)
      for (const event of events) eventIds.push(event.id)
    }
    this.waiting += eventsIn(published)
    if (this.waiting > 0) this.timer ??= this.flushIn(LINGER_MS)
  }

  async flush(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    while (this.running) await this.running
    if (this.waiting === 0) return
    this.running = this.removeAll().finally(() => (this.running = undefined))
    await this.running
  }

  private async removeAll(): Promise<void> {
    const removing = this.published
    this.published = new Map()
    this.waiting = 0
    try {
      for (const [collection, removal] of removing) await this.source.remove(collection, removal)
      this.failures = 0
    } catch (error) {
      // to remove an event twice does no harm
      for (const [collection, { ids, eventIds }] of removing) this.putBack(this.of(collection), ids, eventIds)
      throw error
    }
  }

  private putBack(removal: Removal, ids: readonly string[], eventIds: readonly string[]): void {
    for (const id of ids) removal.ids.push(id)
    for (const id of eventIds) removal.eventIds.push(id)
    this.waiting += eventIds.length
  }

  private of(collection: string): Removal {
    const known = this.published.get(collection)
    if (known) return known
    const made = { ids: [], eventIds: [] }
    this.published.set(collection, made)
    return made
  }

  private flushIn(ms: number): NodeJS.Timeout {
    return setTimeout(() => void this.flush().catch((error: unknown) => this.later(error)), ms)
  }

  private later(error: unknown): void {
    if (this.failures++ % TOLD_EVERY === 0)
      this.logger.warn(`Published events stay in their outboxes for now: ${wordsOf(error)}`)
    this.timer ??= this.flushIn(LINGER_MS * 10)
  }
}
