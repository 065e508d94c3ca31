/** Numbers that a seed determines (mulberry32): each run makes the same choices. */
export class Chance {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  /** In [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  below(end: number): number {
    return Math.floor(this.next() * end)
  }

  /** A few are chosen often and most seldom: the place in a list, by Zipf's law. */
  rank(count: number): number {
    return Math.min(count - 1, Math.floor(count ** this.next()) - 1)
  }

  among<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!
  }
}
