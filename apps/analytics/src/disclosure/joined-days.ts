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

/** Joins days until there are five views in them, so that a later day changes no stretch before it. What is not full yet is not told. */
export function joinedDays(days: readonly DayViews[]): Stretch[] {
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
  return stretches
}

export const dayAfter = (day: string) => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10)

const keys: Readonly<Record<LeastLength, (day: string) => string>> = {
  day: (day) => day,
  week: weekOf,
  month: (day) => day.slice(0, '2026-01'.length),
}

/** The stretches that end in the same week or month, in order. */
export const groupsOf = <S extends Stretch>(stretches: readonly S[], least: LeastLength): S[][] => [
  ...Map.groupBy(stretches, ({ to }) => keys[least](to)).values(),
]

export const longerStretches = (stretches: readonly Stretch[], least: LeastLength): Stretch[] =>
  groupsOf(stretches, least).map((group) => ({
    ...timeOf(group),
    views: group.reduce((sum, { views }) => sum + views, 0),
  }))

export const timeOf = (group: readonly Stretch[]): Pick<Stretch, 'from' | 'to'> => ({
  from: group[0]!.from,
  to: group.at(-1)!.to,
})

/** Its Monday. */
export function weekOf(day: string): string {
  const at = Date.parse(day)
  const sinceMonday = (new Date(at).getUTCDay() + 6) % 7
  return new Date(at - sinceMonday * DAY_MS).toISOString().slice(0, 10)
}
