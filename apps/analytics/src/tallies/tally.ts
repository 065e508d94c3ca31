import { HyperLogLog } from '../sketch/hyperloglog.js'

/** A view that counts, with its place in the log. */
export interface View {
  readonly page: string
  readonly at: Date
  /** What a sketch takes of the browser; null: it is unknown, or the viewer owns the page. */
  readonly place: number | null
  readonly own?: true
  /** The view's partition; `offset` counts within it. */
  readonly source: string
  readonly offset: number
}

/** A total, its distinct browsers, and the last offsets that it counted. No browser can be read back from it. */
export interface Tally {
  readonly total: number
  /** Those among them by the owner of the page. */
  readonly ownViews: number
  readonly unique: number
  readonly registers: Uint8Array
  /** Last counted offset by source. */
  readonly offsets: Readonly<Record<string, number>>
  /** Time of the latest counted view; null before the first. */
  readonly asOf: Date | null
}

export const emptyTally: Tally = {
  ...{ total: 0, ownViews: 0, unique: 0 },
  ...{ registers: new Uint8Array(), offsets: {}, asOf: null },
}

/** A repeated view has a low offset, and a time up to `asOf`. A low offset with a later time is from a new topic, and counts. */
const wasCounted = (view: View, last: number | undefined, asOf: Date | null) =>
  last !== undefined && view.offset <= last && asOf !== null && view.at <= asOf

/** Adds views that it has not counted yet. Returns the identical tally when there are none. */
export function addViews(tally: Tally, views: readonly View[]): Tally {
  const offsets = { ...tally.offsets }
  let { total, ownViews, asOf } = tally
  const places: number[] = []
  for (const view of views) {
    if (wasCounted(view, offsets[view.source], asOf)) continue
    offsets[view.source] = view.offset
    if (asOf === null || (view.at !== asOf && view.at > asOf)) asOf = view.at
    if (view.place !== null) places.push(view.place)
    if (view.own) ownViews++
    total++
  }
  return total === tally.total ? tally : { ...addVisitors(tally, places, total), total, ownViews, offsets, asOf }
}

function addVisitors(tally: Tally, places: readonly number[], total: number) {
  if (places.length === 0 && tally.unique < tally.total) return tally
  const sketch = HyperLogLog.fromBytes(tally.registers)
  const changes = places.filter((place) => sketch.addPlace(place)).length > 0
  if (!changes && tally.unique < tally.total) return tally
  // An estimate may exceed the truth; nobody should read of more visitors than visits.
  const unique = Math.min(sketch.estimate(), total)
  return { registers: changes ? sketch.toBytes() : tally.registers, unique }
}
