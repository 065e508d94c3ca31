import { analytics } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'

export interface DayViews {
  readonly day: string
  readonly total: number
}

export interface Stretch {
  readonly from: string
  readonly to: string
  readonly views: number
}

export type LeastLength = 'day' | 'week' | 'month'

const { smallestPart } = analytics.countingRules

/**
 * Joins days until there are five views in them. It begins with the first day of the page whatever is asked for, so that no two answers
 * overlap, and a later day changes no stretch before it. What is not full yet is not told.
 */
export function joinedDays(days: readonly DayViews[], least: LeastLength): Stretch[] {
  const stretches: Stretch[] = []
  let from: string | undefined
  let views = 0
  for (const [i, { day, total }] of days.entries()) {
    from ??= i === 0 ? day : dayAfter(days[i - 1]!.day)
    views += total
    if (views < smallestPart) continue
    stretches.push({ from, to: day, views })
    from = undefined
    views = 0
  }
  return least === 'day' ? stretches : longer(stretches, least)
}

const dayAfter = (day: string) => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10)

/** Joins the stretches that end in the same week or month. */
function longer(stretches: readonly Stretch[], least: 'week' | 'month'): Stretch[] {
  const keyOf = (day: string) => (least === 'month' ? day.slice(0, 7) : weekOf(day))
  return [...Map.groupBy(stretches, ({ to }) => keyOf(to)).values()].map((group) => ({
    from: group[0]!.from,
    to: group.at(-1)!.to,
    views: group.reduce((sum, { views }) => sum + views, 0),
  }))
}

/** Its Monday. */
export function weekOf(day: string): string {
  const at = Date.parse(day)
  const sinceMonday = (new Date(at).getUTCDay() + 6) % 7
  return new Date(at - sinceMonday * DAY_MS).toISOString().slice(0, 10)
}
