import { analytics, decide, type Decision, unchanged } from '@mpics/contracts'
import { joinedDays } from '../disclosure/joined-days.js'
import { COUNTED_DAYS, daysFrom, type Metric } from './community-fact.js'

/** What was told of one metric. */
export interface ToldMetric {
  readonly id: Metric
  /** The first day that was not told of. */
  readonly from: string
  /** Those that may still change. */
  readonly told: readonly ToldDays[]
}

interface ToldDays {
  readonly from: string
  readonly day: string
  readonly count: number
}

export interface DayCount {
  readonly day: string
  readonly count: number
}

/** All days that closed, and those before that may have changed. */
export interface Closed {
  /** The first day of which anything is known. */
  readonly begin: string
  /** The first day that is not closed. */
  readonly until: string
  /** In order; without days on which nothing happened. */
  readonly days: readonly DayCount[]
}

const { smallestPart } = analytics.countingRules

/** It begins with the first day of all, or where facts may still come for. */
export function untoldMetric(id: Metric, until: string, begin: string): ToldMetric {
  const changeable = daysFrom(until, -COUNTED_DAYS - 1)
  return { id, from: begin < changeable ? begin : changeable, told: [] }
}

/** The first day whose count it takes to tell on. */
export const firstNeeded = ({ from, told }: ToldMetric): string => told[0]?.from ?? from

/**
 * Tells of days by five acts and more, and never again of others: what was told once changes only by five and more, since a small step
 * would tell of few (ADR 72).
 */
export function tellMetric(metric: ToldMetric, { begin, until, days }: Closed): Decision<ToldMetric> {
  const before = metric.told.map((told) => correctedBy(until, days, told))
  const fresh = freshDays(metric.from, until, days)
  const told = [...before.map(({ now }) => now), ...fresh]
  const changed = [...before.filter(({ was, now }) => was !== now).map(({ now }) => now), ...fresh]
  if (changed.length === 0) return unchanged(metric)
  const events = changed.map(({ from, day, count }) =>
    analytics.communityDailyUpdated.of({ day, since: from < begin ? begin : from, metric: metric.id, count }),
  )
  const last = fresh.at(-1)
  const mayChange = daysFrom(until, -COUNTED_DAYS - 1)
  return decide(
    {
      ...metric,
      from: last ? daysFrom(last.day, 1) : metric.from,
      told: told.filter(({ day }) => day >= mayChange),
    },
    ...events,
  )
}

/** Counts only grow. A clock that is behind another replica’s has not seen the end of what was told. */
function correctedBy(until: string, days: readonly DayCount[], was: ToldDays): { was: ToldDays; now: ToldDays } {
  if (was.day >= until) return { was, now: was }
  const within = days.filter(({ day }) => day >= was.from && day <= was.day)
  const count = within.reduce((sum, day) => sum + day.count, 0)
  return { was, now: count - was.count < smallestPart ? was : { ...was, count } }
}

function freshDays(from: string, until: string, days: readonly DayCount[]): ToldDays[] {
  const untold = days.filter(({ day }) => day >= from && day < until).map(({ day, count }) => ({ day, total: count }))
  const whole = untold[0]?.day === from ? untold : [{ day: from, total: 0 }, ...untold]
  return joinedDays(whole).map((stretch) => ({ from: stretch.from, day: stretch.to, count: stretch.views }))
}
