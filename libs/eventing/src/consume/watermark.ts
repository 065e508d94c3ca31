interface Slot {
  readonly offset: number
  done: boolean
}

/** Messages of one partition end in any order; only the offset below which everything is done may be committed. */
export class Watermark {
  private slots: Slot[] = []
  private head = 0
  /** The next offset to read after a restart; undefined until something was done. */
  position?: number

  /** Counts open messages, and done ones behind an open one. */
  get size(): number {
    return this.slots.length - this.head
  }

  add(offset: number): Slot {
    const slot = { offset, done: false }
    this.slots.push(slot)
    return slot
  }

  finish(slot: Slot): void {
    slot.done = true
    while (this.head < this.slots.length && this.slots[this.head]!.done)
      this.position = this.slots[this.head++]!.offset + 1
    if (this.head > 1024) {
      this.slots = this.slots.slice(this.head)
      this.head = 0
    }
  }

  /** Offsets that are done behind an open one: no commit covers them. */
  doneAhead(): Set<number> {
    return new Set(this.slots.slice(this.head).flatMap((slot) => (slot.done ? [slot.offset] : [])))
  }
}

export type { Slot }
