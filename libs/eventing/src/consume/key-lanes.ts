import type { Slots } from './slots.js'

/** Resolves when an item is dealt with; to a number, when it wants another attempt after so many ms. */
export type Attempt<T> = (item: T, attempt: number) => Promise<number | undefined>

interface Lane<T> {
  key: string
  items: T[]
  attempt: number
}

/** One key in order, keys side by side. A key whose item failed waits; its slot does not. */
export class KeyLanes<T> {
  /** Items that wait or are being handled. */
  open = 0
  /** Keys that wait for another attempt. */
  parked = 0
  private running = 0
  private ended = false
  private readonly lanes = new Map<string, Lane<T>>()
  private readonly ready: Lane<T>[] = []
  private readonly timers = new Set<NodeJS.Timeout>()
  private quieted?: () => void

  constructor(
    private readonly slots: Pick<Slots, 'take' | 'release'>,
    private readonly attempt: Attempt<T>,
    private readonly done: (item: T) => void,
  ) {}

  add(key: string, item: T): void {
    this.open++
    const lane = this.lanes.get(key)
    if (lane) {
      lane.items.push(item)
      return
    }
    const fresh = { key, items: [item], attempt: 1 }
    this.lanes.set(key, fresh)
    this.ready.push(fresh)
    this.pump()
  }

  /** Begins nothing more. What runs may end; `quiet` tells when. */
  end(): void {
    this.ended = true
    for (const timer of this.timers) clearTimeout(timer)
    this.timers.clear()
    this.parked = 0
  }

  async quiet(): Promise<void> {
    if (this.running > 0) await new Promise<void>((resolve) => (this.quieted = resolve))
  }

  readonly pump = (): void => {
    while (!this.ended && this.ready.length > 0 && this.slots.take(this.pump)) {
      this.running++
      void this.step(this.ready.shift()!)
    }
  }

  private async step(lane: Lane<T>): Promise<void> {
    const item = lane.items[0]!
    const againAfter = await this.attempt(item, lane.attempt)
    if (againAfter === undefined) this.finish(lane, item)
    else this.park(lane, againAfter)
    this.running--
    this.slots.release()
    if (this.running === 0) this.quieted?.()
    this.pump()
  }

  private finish(lane: Lane<T>, item: T): void {
    this.open--
    lane.items.shift()
    lane.attempt = 1
    if (lane.items.length > 0) this.ready.push(lane)
    else this.lanes.delete(lane.key)
    this.done(item)
  }

  private park(lane: Lane<T>, ms: number): void {
    if (this.ended) return
    lane.attempt++
    this.parked++
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      this.parked--
      this.ready.push(lane)
      this.pump()
    }, ms)
    this.timers.add(timer)
  }
}
