import { eventsIn } from './chunks.js'
import { type OutboxStream, type Pending, readSaved, type Saved } from './outbox-source.js'

/** Of saves; few, since the last of them may go beyond a limit. */
const BATCH_SIZE = 50

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
      for (let saved = [await this.stream.next()]; saved.length > 0; saved = this.arrived(limit - eventsIn(found)))
        found.push(...saved.map((one) => this.unseen(readSaved(one))).filter(({ events }) => events.length > 0))
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

  private arrived(limit: number): Saved[] {
    const { cursor } = this.stream
    const saved = limit > 0 ? cursor.readBufferedDocuments(BATCH_SIZE) : []
    const last = saved.at(-1)
    if (last) cursor.cacheResumeToken(last._id)
    return saved
  }

  private unseen(pending: Pending): Pending {
    if (this.seen.size === 0) return pending
    const last = this.seen.get(`${pending.collection}/${pending.id}`) ?? 0
    return { ...pending, events: pending.events.filter((event) => event.seq > last) }
  }
}
