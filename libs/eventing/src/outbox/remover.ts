import { eventsIn } from './chunks.js'
import type { OutboxSource, Published } from './outbox-source.js'

const GATHER_MS = 100

/** Takes what was published out of the outboxes, a little later and many at a time. */
export class Remover {
  private published: Published[] = []
  private waiting = 0
  private timer?: NodeJS.Timeout
  private running?: Promise<void>

  constructor(
    private readonly source: Pick<OutboxSource, 'remove'>,
    /** In events. */
    private readonly room: number,
  ) {}

  /** Waits only when removing is so much slower than publishing that memory would grow. */
  async add(published: readonly Published[]): Promise<void> {
    // ids alone: thousands of whole events that outlive their sending would be most of the collector's work
    for (const { collection, id, events } of published)
      this.published.push({ collection, id, events: events.map((event) => ({ id: event.id })) })
    this.waiting += eventsIn(published)
    if (this.waiting >= this.room) return this.flush()
    this.timer ??= setTimeout(() => void this.flush().catch(() => this.later()), GATHER_MS)
  }

  async flush(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    await this.running
    if (this.published.length === 0) return
    this.running = this.removeAll().finally(() => (this.running = undefined))
    await this.running
  }

  private async removeAll(): Promise<void> {
    const removing = this.published
    this.published = []
    this.waiting = 0
    try {
      await this.source.remove(removing)
    } catch (error) {
      this.published = [...removing, ...this.published]
      this.waiting += eventsIn(removing)
      throw error
    }
  }

  private later(): void {
    this.timer ??= setTimeout(() => void this.flush().catch(() => this.later()), GATHER_MS * 10)
  }
}
