import { DAY_MS } from '@mpics/contracts/durations'
import type { PlannedPoint } from './planned-points.js'

/** A year of days takes some twenty rows, and few days are left over at either end. */
const ROW_DAYS = 16

/** Closed days, one after the other. Where a row of them begins is the same for all who ask. */
export function dayRowsOf(points: readonly PlannedPoint[]): PlannedPoint[][] {
  const rows: PlannedPoint[][] = []
  let row: PlannedPoint[] = []
  for (const point of points) {
    const place = isClosedDay(point) ? Math.floor(point.from.getTime() / DAY_MS) % ROW_DAYS : -1
    if (place !== row.length) row = []
    if (place === row.length) row.push(point)
    if (row.length === ROW_DAYS) {
      rows.push(row)
      row = []
    }
  }
  return rows
}

const isClosedDay = ({ from, to, source }: PlannedPoint): boolean =>
  (source === 'day' || source === 'span') && to.getTime() - from.getTime() === DAY_MS
