import { Signal } from './signal.js'
import type { Slots } from './slots.js'

/** A number: milliseconds until the next attempt. */
export type Outcome = 'done' | 'given-up' | number

/** `failing`: the preceding item of the same key was given up. Never rejects: a key must not be lost. */
export type Attempt<T> = (item: T, failing: boolean) => Promise<Outcome>

interface Lane<T> {
  key: string
  items: T[]
  failing: boolean
}

/** Handles one key in order, keys side by side. A key whose item failed waits; its slot does not. */
export class KeyLanes<T> {
  open = 0
  /** Keys that wait for another attempt. */
  parked = 0
  private running = 0
  private ended = false
  private readonly lanes = new Map<string, Lane<T>>()
  private readonly ready: Lane<T>[] = []
  private readonly timers = new Set<NodeJS.Timeout>()
  private readonly quieted = new Signal()

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
    const fresh = { key, items: [item], failing: false }
    this.lanes.set(key, fresh)
    this.ready.push(fresh)
    this.pump()
  }

  /** Begins nothing more. Running work may end; `quiet` resolves then. */
  end(): void {
    this.ended = true
    for (const timer of this.timers) clearTimeout(timer)
    this.timers.clear()
    this.parked = 0
  }

  async quiet(): Promise<void> {
    if (this.running > 0) await this.quieted.wait()
  }

  readonly pump = (): void => {
    while (!this.ended && this.ready.length > 0 && this.slots.take(this.pump)) {
      this.running++
      void this.step(this.ready.shift()!)
    }
  }

  private async step(lane: Lane<T>): Promise<void> {
    const item = lane.items[0]!
    const outcome = await this.attempt(item, lane.failing)
    if (typeof outcome === 'number') this.park(lane, outcome)
    else this.finish(lane, item, outcome)
    this.running--
    this.slots.release()
    if (this.running === 0) this.quieted.notify()
    this.pump()
  }

  private finish(lane: Lane<T>, item: T, outcome: 'done' | 'given-up'): void {
    this.open--
    lane.items.shift()
    lane.failing = outcome === 'given-up'
    if (lane.items.length > 0) this.ready.push(lane)
    else this.lanes.delete(lane.key)
    this.done(item)
  }

  private park(lane: Lane<T>, ms: number): void {
    if (this.ended) return
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
