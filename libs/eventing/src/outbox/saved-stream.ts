import { setTimeout as delay } from 'node:timers/promises'
import { mayWait } from '@mpics/contracts'
import { topicOf } from '../envelope/record.js'
import { eventsIn } from './chunks.js'
import { type OutboxStream, type Pending, readSaved, type Saved } from './outbox-source.js'

/** Counts saves. It is small, since the last save may exceed a limit. */
const BATCH_SIZE = 50
/** Under load saves gather for so long: a request to the stream costs MongoDB as much as several saves in it. */
const PACE_MS = 4
/** Behind saves of which none is waited for. A later one of another kind waits as long, at most. */
const UNHURRIED_MS = 100

/** The saves of all replicas from the change stream, without those already read from the outbox. */
export class SavedStream {
  private readonly closing = new AbortController()
  private nextAt = 0

  constructor(
    private readonly stream: OutboxStream,
    private readonly seen: Map<string, number>,
  ) {}

  /** Waits for one save, then takes all that have arrived, up to `limit` events. Undefined: this side closed the stream. */
  async read(limit: number): Promise<Pending[] | undefined> {
    try {
      await this.pace()
      const found: Pending[] = []
      for (let saved = [await this.stream.next()]; saved.length > 0; saved = this.arrived(limit - eventsIn(found)))
        found.push(...saved.map((one) => this.unseen(readSaved(one))).filter(({ events }) => events.length > 0))
      if (found.length > 0) this.nextAt = performance.now() + paceBehind(found)
      return found
    } catch (error) {
      if (this.closing.signal.aborted) return undefined
      throw error
    }
  }

  async close(): Promise<void> {
    this.closing.abort()
    await this.stream.close().catch(() => undefined)
  }

  /** A save that comes alone does not wait. */
  private async pace(): Promise<void> {
    const early = this.nextAt - performance.now()
    if (early > 0) await delay(early, undefined, { signal: this.closing.signal })
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

const paceBehind = (found: readonly Pending[]): number =>
  found.every(({ events }) => events.every(({ type }) => mayWait(topicOf(type)))) ? UNHURRIED_MS : PACE_MS
