/** Kafka holds the first views back for others so long. */
export const GATHER_MS = 450
/** A fetch brings views of many partitions within this time. */
const MERGE_MS = 20
/** So many views that the next ones come before a fetch has waited for them. */
const MANY = 600
/** Writes after many views begin so far apart. */
const APART_MS = 250

/** Views of one partition, which come as a batch. */
export interface Share<V> {
  readonly views: readonly V[]
  readonly isFull: boolean
}

/** More wait behind so many: their partition catches up. What is erased or unreadable is not among them. */
export const isFull = (events: readonly unknown[], most: number): boolean => events.length > most / 2

/**
 * How long views wait for others before they are written: with the time in Kafka half a second at most where one broker leads all partitions,
 * beside writes under way, of the two within which a view counts: a fetch that waits longer than writes are apart brings its views when the
 * next write is due. While many come, each tally is written seldom, as it is while few do. A full share waits no longer than a few views: what
 * is behind it would wait, too.
 */
export class Pace {
  private begunAt = 0
  private wereMany = false

  constructor(private readonly now: () => number = () => performance.now()) {}

  begin(views: number): void {
    this.begunAt = this.now()
    this.wereMany = views >= MANY
  }

  waitMs(shares: readonly Share<unknown>[]): number {
    if (!this.wereMany || shares.some(({ isFull }) => isFull)) return MERGE_MS
    return Math.max(MERGE_MS, this.begunAt + APART_MS - this.now())
  }
}
