import { randomInt } from 'node:crypto'

/** Numbers in [0, 1) that a seed determines (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export class Chance {
  private readonly next: () => number

  constructor(readonly seed: number) {
    this.next = randomOf(seed)
  }

  /** From 0 up to and without `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end)
  }

  among<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!
  }

  /** Derives another sequence, for a person who acts at the same time. */
  fork(): Chance {
    return new Chance(this.below(2 ** 32))
  }
}

/** `SEED=…` repeats a run; otherwise each is another one. */
export const newSeed = (): number => Number(process.env['SEED'] ?? randomInt(1, 1_000_000))
