/** Bounds the running handlers over all partitions; a waiter without a free slot is asked again in turn. */
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
    // a waiter that has ended takes no slot, and must not keep the next from being asked
    for (const next of this.waiting) {
      if (this.free === 0) return
      this.waiting.delete(next)
      next()
    }
  }
}
