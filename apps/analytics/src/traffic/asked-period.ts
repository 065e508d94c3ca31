import type { InputIssue } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { InputInvalidError } from '@mpics/service-kit'
import { hourOf, hoursFrom } from '../view-log/logged-view.js'
import { daysFrom, localDay, startOfDay } from './zoned-days.js'

/** Full hours. */
export interface AskedPeriod {
  readonly from: Date
  readonly to: Date
  readonly zone: string
}

const STANDARD_DAYS = 30
/** Nothing was counted before. */
const FIRST = new Date('2005-01-01T00:00:00Z')
const DATE = /^\d{4}-\d{2}-\d{2}$/

interface Asked {
  from?: string | undefined
  to?: string | undefined
  zone?: string
}

/** Takes a date as the whole day in the zone; where days begin beside full hours, an hour belongs to the day in which it begins. Years without counts are left out, however many are asked for. */
export function periodOf({ from, to, zone = 'UTC' }: Asked, now: Date): AskedPeriod {
  const next = hoursFrom(hourOf(now), 1)
  const { to: end = next, from: begin = new Date(end.getTime() - STANDARD_DAYS * DAY_MS) } = momentsOf({
    from,
    to,
    zone,
  })
  if (begin >= end) throw new InputInvalidError([notBefore])
  const within = (at: Date) => new Date(Math.min(Math.max(at.getTime(), FIRST.getTime()), next.getTime()))
  const isDay = from !== undefined && DATE.test(from)
  return { from: (isDay ? hourUp : hourOf)(within(begin)), to: hourUp(within(end)), zone }
}

export const notBefore: InputIssue = { path: 'from', code: 'out-of-range', message: '`from` must be before `to`.' }

export const hourUp = (at: Date): Date => (hourOf(at).getTime() === at.getTime() ? at : hoursFrom(hourOf(at), 1))

/** The moments themselves, as far as any were asked for. */
export function momentsOf({ from, to, zone = 'UTC' }: Asked): { from?: Date; to?: Date } {
  return {
    ...(from !== undefined && { from: momentOf(from, zone, 0) }),
    ...(to !== undefined && { to: momentOf(to, zone, 1) }),
  }
}

function momentOf(text: string, zone: string, daysMore: number): Date {
  const at = new Date(text)
  if (!DATE.test(text)) return at
  return at < FIRST ? at : startOfDay(zone, daysFrom(at, daysMore))
}

/** The same length before, or the same dates a year before. */
export function comparedPeriod({ from, to, zone }: AskedPeriod, compare: 'previous' | 'year'): AskedPeriod {
  if (compare === 'previous') return { from: new Date(2 * from.getTime() - to.getTime()), to: from, zone }
  const yearBefore = (at: Date) => {
    const day = localDay(zone, at)
    const before = new Date(day)
    before.setUTCFullYear(day.getUTCFullYear() - 1)
    return hourOf(new Date(startOfDay(zone, before).getTime() + at.getTime() - startOfDay(zone, day).getTime()))
  }
  return { from: yearBefore(from), to: yearBefore(to), zone }
}
