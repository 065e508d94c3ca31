/** A bounded number of handlers at work, shared by all partitions; whoever found none free is asked again in turn. */
export class Slots {
  private readonly waiting = new Set<() => void>()

  constructor(private free: number) {}

  take(again: () => void): boolean {
    if (this.free > 0) {
      this.free--
      return true
    }
    this.waiting.add(again)
    return false
  }

  release(): void {
    this.free++
    const [next] = this.waiting
    if (!next) return
    this.waiting.delete(next)
    next()
  }
}
