import type { InputIssue } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { InputInvalidError } from '@mpics/service-kit'
import { weekOf } from '../disclosure/joined-days.js'
import { dayOf } from '../page-days/day.js'
import { daysFrom } from './community-fact.js'

/** Both are in it. */
export interface AskedDays {
  readonly from: string
  readonly to: string
}

export type Interval = 'day' | 'week' | 'month'

const STANDARD_DAYS = 30
/** Nobody did anything before. */
const FIRST = '2005-01-01'
const MAX_POINTS = 1_500

/** Leaves out the years before and the days to come, however many are asked for. */
export function daysAsked(asked: { from?: string | undefined; to?: string | undefined }, now: Date): AskedDays {
  const today = dayOf(now)
  const to = asked.to ?? today
  const from = asked.from ?? daysFrom(to > FIRST ? to : FIRST, 1 - STANDARD_DAYS)
  if (from > to) throw new InputInvalidError([notBefore])
  return { from: from > FIRST ? from : FIRST, to: to < today ? to : today }
}

const notBefore: InputIssue = { path: 'from', code: 'out-of-range', message: '`from` must not be after `to`.' }

/** As many days before, or the same days a year before. */
export function comparedDays({ from, to }: AskedDays, compare: 'previous' | 'year'): AskedDays {
  if (compare === 'year') return { from: yearBefore(from), to: yearBefore(to) }
  const length = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
  return { from: daysFrom(from, -length), to: daysFrom(from, -1) }
}

function yearBefore(day: string): string {
  const at = new Date(day)
  at.setUTCFullYear(at.getUTCFullYear() - 1)
  return dayOf(at)
}

/** The first day of the point that a day belongs to; of the first point, the first that was asked for. */
export function pointOf(day: string, interval: Interval, { from }: AskedDays): string {
  const point = interval === 'day' ? day : interval === 'week' ? weekOf(day) : `${day.slice(0, 7)}-01`
  return point < from ? from : point
}

/** In order. */
export function pointsIn(asked: AskedDays, interval: Interval): string[] {
  const points = new Set<string>()
  for (let day = asked.from; day <= asked.to; day = daysFrom(day, 1)) {
    points.add(pointOf(day, interval, asked))
    if (points.size > MAX_POINTS) throw new InputInvalidError([tooMany])
  }
  return [...points]
}

const tooMany: InputIssue = {
  path: 'interval',
  code: 'out-of-range',
  message: `More than ${MAX_POINTS} points: ask for a longer interval, or a shorter time.`,
}
