import { DAY_MS, HOUR_MS } from '@mpics/contracts/durations'
import { isOfDays } from '../spans/span.js'
import { type AskedPeriod, hourUp } from './asked-period.js'

/** Up to when hours are closed, and from which day (UTC) on they are kept. */
export interface Reach {
  readonly keptFrom: Date
  readonly closedUntil: Date
}

/** Of a series: full hours. */
export interface PlannedPoint {
  readonly from: Date
  readonly to: Date
  /** One cell holds it, or cells add up to it: to the same whenever they are, or to another once more views come. */
  readonly source: 'hour' | 'day' | 'span' | 'cells'
}

/** How each point is found, with as few sketches as possible. */
export function plannedPoints(period: AskedPeriod, points: readonly Date[], reach: Reach): PlannedPoint[] {
  const begins = points.map((at, i) => (i === 0 ? period.from : hourUp(at)))
  return begins.map((from, i) => {
    const to = begins[i + 1] ?? period.to
    return { from, to, source: sourceOf({ from, to }, reach) }
  })
}

function sourceOf(point: { from: Date; to: Date }, reach: Reach): PlannedPoint['source'] {
  const length = point.to.getTime() - point.from.getTime()
  if (length === HOUR_MS && point.from >= reach.keptFrom) return 'hour'
  if (!isFinal(point, reach)) return 'cells'
  return isOfDays(point) && length === DAY_MS ? 'day' : 'span'
}

/** It adds up to the same whenever it is asked for. Without its hours a day is in the point in which it begins. */
export const isFinal = (time: { from: Date; to: Date }, { keptFrom, closedUntil }: Reach): boolean =>
  time.to <= closedUntil && (time.from >= keptFrom || isOfDays(time))

/** Neighbours that fulfil a condition, together. */
export function runsOf<T>(items: readonly T[], isWanted: (item: T) => boolean): T[][] {
  const runs: T[][] = []
  let isGoingOn = false
  for (const item of items) {
    const wanted = isWanted(item)
    if (wanted && isGoingOn) runs.at(-1)!.push(item)
    else if (wanted) runs.push([item])
    isGoingOn = wanted
  }
  return runs
}
