const FIRST_MS = 500
const MAX_MS = 15_000
const HEALTHY_MS = 30_000

/** Waits longer after each death in a row; whoever lived for half a minute starts again from the beginning. */
export class Backoff {
  private deaths = 0

  constructor(private readonly maxMs = MAX_MS) {}

  next(livedMs: number): number {
    if (livedMs > HEALTHY_MS) this.deaths = 0
    return Math.min(FIRST_MS * 2 ** this.deaths++, this.maxMs)
  }
}
