import { type OutboxStream, type Pending, readSaved } from './outbox-source.js'

/** The saves of all replicas, as the change stream tells them, without those that were read from the outbox already. */
export class SavedStream {
  private closed = false

  constructor(
    private readonly stream: OutboxStream,
    private readonly seen: Map<string, number>,
  ) {}

  /** Waits for one, then takes what has arrived with it, up to so many events. Undefined: the stream was closed by us. */
  async read(limit: number): Promise<Pending[] | undefined> {
    try {
      const found: Pending[] = []
      let events = 0
      do {
        const pending = this.unseen(readSaved(await this.stream.next()))
        events += pending.events.length
        if (pending.events.length > 0) found.push(pending)
      } while (events < limit && this.stream.cursor.bufferedCount() > 0)
      return found
    } catch (error) {
      if (this.closed) return undefined
      throw error
    }
  }

  async close(): Promise<void> {
    this.closed = true
    await this.stream.close().catch(() => undefined)
  }

  private unseen(pending: Pending): Pending {
    if (this.seen.size === 0) return pending
    const last = this.seen.get(`${pending.collection}/${pending.id}`) ?? 0
    return { ...pending, events: pending.events.filter((event) => event.seq > last) }
  }
}
