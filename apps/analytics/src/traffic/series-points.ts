import { DAY_MS } from '@mpics/contracts/durations'
import { InputInvalidError } from '@mpics/service-kit'
import { hoursFrom } from '../view-log/logged-view.js'
import { type AskedPeriod, hourUp } from './asked-period.js'
import { daysFrom, localDay, startOfDay } from './zoned-days.js'

export type Interval = 'hour' | 'day' | 'week' | 'month'

const MAX_POINTS = 1_500

/** The longest one that still shows a few dozen points. */
export function standardInterval({ from, to }: AskedPeriod): Interval {
  const days = (to.getTime() - from.getTime()) / DAY_MS
  if (days <= 3) return 'hour'
  if (days <= 100) return 'day'
  return days <= 800 ? 'week' : 'month'
}

/** The beginnings of the points of a series, in order. */
export function pointsOf({ from, to, zone }: AskedPeriod, interval: Interval): Date[] {
  const points: Date[] = []
  for (let at = firstPoint(from, zone, interval); hourUp(at) < to; at = nextPoint(at, zone, interval)) {
    if (points.push(at) > MAX_POINTS) throw new InputInvalidError([tooMany])
  }
  return points
}

const tooMany = {
  path: 'interval',
  code: 'out-of-range',
  message: `More than ${MAX_POINTS} points: ask for a longer interval, or a shorter time.`,
}

function firstPoint(from: Date, zone: string, interval: Interval): Date {
  if (interval === 'hour') return from
  const day = localDay(zone, from)
  if (interval === 'week') return startOfDay(zone, daysFrom(day, -((day.getUTCDay() + 6) % 7)))
  if (interval === 'month') day.setUTCDate(1)
  return startOfDay(zone, day)
}

function nextPoint(at: Date, zone: string, interval: Interval): Date {
  if (interval === 'hour') return hoursFrom(at, 1)
  // an hour on, since a day may begin at one o’clock where the hour before is skipped
  const day = localDay(zone, hoursFrom(at, 1))
  if (interval !== 'month') return startOfDay(zone, daysFrom(day, interval === 'week' ? 7 : 1))
  day.setUTCMonth(day.getUTCMonth() + 1, 1)
  return startOfDay(zone, day)
}

/** The point to which a moment belongs; the first for anything before. */
export function pointIndex(points: readonly Date[], at: Date): number {
  let [low, high] = [0, points.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (points[middle]! <= at) low = middle
    else high = middle - 1
  }
  return low
}
