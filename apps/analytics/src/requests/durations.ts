/** Durations in buckets that grow by a fifth: a quantile is off by a tenth at most, and adds up over hours. */
const GROWTH = 1.2
const FIRST_MS = 0.1
const MAX_BUCKET = 100

export const bucketOf = (ms: number): number =>
  ms <= FIRST_MS ? 0 : Math.min(MAX_BUCKET, Math.ceil(Math.log(ms / FIRST_MS) / Math.log(GROWTH)))

const middleOf = (bucket: number): number => (bucket === 0 ? FIRST_MS : FIRST_MS * GROWTH ** (bucket - 0.5))

/** By bucket, how many durations fell into it. */
export type Buckets = Readonly<Record<string, number>>

export function quantile(buckets: Buckets, share: number): number {
  const sorted = Object.entries(buckets).sort(([a], [b]) => Number(a) - Number(b))
  const all = sorted.reduce((sum, [, count]) => sum + count, 0)
  let below = 0
  for (const [bucket, count] of sorted) {
    below += count
    if (below >= all * share) return Math.round(middleOf(Number(bucket)) * 10) / 10
  }
  return 0
}
