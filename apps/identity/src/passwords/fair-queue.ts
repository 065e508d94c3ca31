/** So many flows keep their place in the order; a flow that is forgotten begins anew. */
const MAX_FLOWS = 4_096

interface Waiting<T> {
  readonly item: T
  readonly flows: readonly string[]
  readonly start: number
}

export interface Dropped<T> {
  readonly item: T
  readonly byItself: boolean
}

/**
 * Serves flows in turn: start-time fair queueing (Goyal, Vin and Cheng 1996). An item belongs to several flows, such as an
 * account and a network, and waits for its turn in each. However much a flow sends, another flow's first item comes next.
 */
export class FairQueue<T> {
  private readonly waiting: Waiting<T>[] = []
  private readonly starts = new Map<string, number>()
  private virtualTime = 0

  get length(): number {
    return this.waiting.length
  }

  get flows(): number {
    return this.starts.size
  }

  join(item: T, flows: readonly string[]): void {
    const start = this.startOfAll(flows)
    const before = this.waiting.findLastIndex((other) => other.start <= start)
    this.waiting.splice(before + 1, 0, { item, flows, start })
    for (const flow of flows) this.move(flow, this.startOf(flow) + 1)
  }

  next(): T | undefined {
    const first = this.waiting.shift()
    if (!first) return undefined
    this.virtualTime = Math.max(this.virtualTime, first.start)
    if (this.waiting.length === 0) this.starts.clear()
    return first.item
  }

  /** Takes out the last item of the busiest flow, or the newest where all are alike. */
  drop(): Dropped<T> | undefined {
    const last = this.waiting.pop()
    if (!last) return undefined
    for (const flow of last.flows) this.move(flow, this.startOf(flow) - 1)
    return { item: last.item, byItself: last.start > this.virtualTime }
  }

  /** True if `drop` would take an item of these flows as soon as it came. */
  wouldDrop(flows: readonly string[]): boolean {
    return this.startOfAll(flows) >= (this.waiting.at(-1)?.start ?? 0)
  }

  isBusy(flows: readonly string[]): boolean {
    return this.startOfAll(flows) > this.virtualTime
  }

  private startOfAll(flows: readonly string[]): number {
    return Math.max(...flows.map((flow) => this.startOf(flow)), this.virtualTime)
  }

  private startOf(flow: string): number {
    return Math.max(this.starts.get(flow) ?? 0, this.virtualTime)
  }

  /** The map keeps the flows in the order of their last item. */
  private move(flow: string, start: number): void {
    this.starts.delete(flow)
    if (start > this.virtualTime) this.starts.set(flow, start)
    if (this.starts.size <= MAX_FLOWS) return
    for (const oldest of this.starts.keys()) return void this.starts.delete(oldest)
  }
}
