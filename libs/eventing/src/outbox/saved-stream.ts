import { type OutboxStream, type Pending, readSaved } from './outbox-source.js'

/** The saves of all replicas, as the change stream tells them, without those that were read from the outbox already. */
export class SavedStream {
  private closed = false

  constructor(
    private readonly stream: OutboxStream,
    private readonly seen: Map<string, number>,
  ) {}

  /** Waits for one, then takes what has arrived with it. Undefined: the stream was closed by us. */
  async read(limit: number): Promise<Pending[] | undefined> {
    try {
      const found = [await this.next()]
      while (found.length < limit && this.stream.cursor.bufferedCount() > 0) found.push(await this.next())
      return found.map((pending) => this.unseen(pending)).filter((pending) => pending.events.length > 0)
    } catch (error) {
      if (this.closed) return undefined
      throw error
    }
  }

  async close(): Promise<void> {
    this.closed = true
    await this.stream.close().catch(() => undefined)
  }

  private async next(): Promise<Pending> {
    return readSaved(await this.stream.next())
  }

  private unseen(pending: Pending): Pending {
    if (this.seen.size === 0) return pending
    const last = this.seen.get(`${pending.collection}/${pending.id}`) ?? 0
    return { ...pending, events: pending.events.filter((event) => event.seq > last) }
  }
}
