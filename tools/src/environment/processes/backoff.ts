const FIRST = 500
const LONGEST = 15_000
const HEALTHY = 30_000

/** Waits longer after each death in a row; whoever lived for half a minute starts again from the beginning. */
export class Backoff {
  private deaths = 0

  constructor(private readonly longestMs = LONGEST) {}

  next(livedMs: number): number {
    if (livedMs > HEALTHY) this.deaths = 0
    return Math.min(FIRST * 2 ** this.deaths++, this.longestMs)
  }
}
