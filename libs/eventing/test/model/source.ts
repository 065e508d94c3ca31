import { Signal } from '../../src/consume/signal.js'
import type {
  OutboxSource,
  OutboxStream,
  Pending,
  PendingBounds,
  Removal,
  Saved,
} from '../../src/outbox/outbox-source.js'
import type { Refused } from '../../src/outbox/relay-producer.js'
import type { Aggregates } from './aggregates.js'
import type { Network, Process } from './network.js'

const FEW = 2

export interface SourceRules {
  beforeRemoval: (eventId: string) => void
  setAside: (eventId: string) => void
}

/** The outboxes of the model, as the relay of one process sees them. */
export class ModelSource implements Pick<OutboxSource, 'now' | 'pending' | 'remove' | 'setAside' | 'watch'> {
  constructor(
    private readonly aggregates: Aggregates,
    private readonly network: Network,
    private readonly process: Process,
    private readonly rules: SourceRules,
  ) {}

  now(): ReturnType<OutboxSource['now']> {
    return this.call('now', () => this.aggregates.time) as never
  }

  async *pending(_batch: number, { since }: PendingBounds = {}): AsyncGenerator<Pending[]> {
    for (let after = ''; ;) {
      const found = await this.call('find', async () => {
        await this.aggregates.committedUntil(Number(since ?? 0))
        return this.aggregates.pendingAfter(after, FEW)
      })
      if (found.length === 0) return
      after = found.at(-1)!.events[0]!.id
      yield found.map((pending) => ({ collection: 'aggregates', ...pending }))
    }
  }

  remove(_collection: string, { ids, eventIds }: Removal): Promise<void> {
    return this.call('remove', async () => {
      for (const id of eventIds) this.rules.beforeRemoval(id)
      await Promise.all(ids.map((id) => this.aggregates.remove(id, new Set(eventIds))))
    })
  }

  setAside({ event }: Refused): Promise<void> {
    return this.call('set aside', () => this.rules.setAside(event.id))
  }

  watch(start: unknown): OutboxStream {
    return new ModelStream(Number(start), this.aggregates, (effect) => this.call('watch', effect))
  }

  private call<T>(what: string, effect: () => T | Promise<T>): Promise<T> {
    return this.network.call(this.process, what, effect)
  }
}

class ModelStream implements OutboxStream {
  private buffer: Saved[] = []
  private at: number
  private readonly closed = new Signal()
  private over = false
  readonly cursor = {
    readBufferedDocuments: (most: number) => this.buffer.splice(0, most),
    cacheResumeToken: () => undefined,
  }

  constructor(
    start: number,
    private readonly aggregates: Aggregates,
    private readonly call: (
      effect: () => Promise<{ at: number; saved: Saved }[]>,
    ) => Promise<{ at: number; saved: Saved }[]>,
  ) {
    this.at = start
  }

  async next(): Promise<Saved> {
    if (this.buffer.length === 0) await this.fetch()
    return this.buffer.shift()!
  }

  async close(): Promise<void> {
    this.over = true
    this.closed.notify()
    await Promise.resolve()
  }

  private async fetch(): Promise<void> {
    const closed = this.closed.wait().then(() => [])
    const found = await Promise.race([this.call(() => this.available()), closed])
    if (this.over) throw new Error('the change stream is closed')
    this.at = found.at(-1)!.at + 1
    this.buffer = found.map(({ saved }) => saved)
  }

  private async available() {
    for (;;) {
      const found = this.aggregates.saves.filter(({ at }) => at >= this.at).slice(0, FEW)
      if (found.length > 0 || this.over) return found
      await this.aggregates.more.wait()
    }
  }
}
