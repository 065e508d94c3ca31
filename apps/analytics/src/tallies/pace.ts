/** A fetch brings views of many partitions within this time. */
const MERGE_MS = 20
/** So many views that the next ones come before a fetch has waited for them. */
const MANY = 600
/** Writes after many views begin so far apart: with the merging, less than a fetch waits for a few. */
const APART_MS = 300

/** How long views wait for others before they are written. While many come, each tally is written seldom, as it is while few do. */
export class Pace {
  private begunAt = 0
  private wereMany = false

  constructor(private readonly now: () => number = () => performance.now()) {}

  begin(views: number): void {
    this.begunAt = this.now()
    this.wereMany = views >= MANY
  }

  waitMs(): number {
    return this.wereMany ? Math.max(MERGE_MS, this.begunAt + APART_MS - this.now()) : MERGE_MS
  }
}
