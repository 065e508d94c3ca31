import { analytics } from '@mpics/contracts'
import { type DayViews, dayAfter, joinedDays, type Stretch } from './joined-days.js'

const { smallestPart } = analytics.countingRules

export interface ToldStretch extends Stretch {
  /** The end of the hour in which it was counted, for as long as its parts are not told: it says in which hour the owner asked (B31). */
  readonly asOf?: Date
}

interface Closed {
  readonly until: string
  readonly asOf: Date
}

/**
 * The days of a page as they may be told now: those that were told before, and the ones that closed since. `days` are those before
 * `until`. Views that come late change what was told by five and more, or not at all; and never which days are joined. A clock that is
 * behind has not seen the end of what was told.
 */
export function toldDays(
  told: readonly ToldStretch[],
  days: readonly DayViews[],
  { until, asOf }: Closed,
): readonly ToldStretch[] {
  const counts = viewsWithin(told, days)
  const corrected = told.map((was, i) =>
    was.to < until && differs(counts[i]!, was) ? { ...was, views: counts[i]!, asOf } : was,
  )
  const fresh = joinedDays(untold(days, told.at(-1))).map((stretch) => ({ ...stretch, asOf }))
  const isSame = fresh.length === 0 && corrected.every((stretch, i) => stretch === told[i])
  return isSame ? told : [...corrected, ...fresh]
}

/** Of those that end before this day nobody needs to know any more when they were counted. */
export function withoutHours(told: readonly ToldStretch[], before: string): readonly ToldStretch[] {
  const isNoted = ({ to, asOf }: ToldStretch) => asOf !== undefined && to < before
  if (!told.some(isNoted)) return told
  return told.map((stretch) => (isNoted(stretch) ? withoutHour(stretch) : stretch))
}

const withoutHour = ({ from, to, views }: ToldStretch): ToldStretch => ({ from, to, views })

/** Of each stretch; both are in order. */
function viewsWithin(stretches: readonly Stretch[], days: readonly DayViews[]): number[] {
  const sums = stretches.map(() => 0)
  let i = 0
  for (const { day, total } of days) {
    while (i < stretches.length && stretches[i]!.to < day) i++
    if (i < stretches.length && day >= stretches[i]!.from) sums[i]! += total
  }
  return sums
}

const differs = (views: number, was: Stretch): boolean =>
  Math.abs(views - was.views) >= smallestPart && views >= smallestPart

function untold(days: readonly DayViews[], last: Stretch | undefined): DayViews[] {
  if (!last) return [...days]
  const from = dayAfter(last.to)
  const rest = days.filter(({ day }) => day >= from)
  return rest[0]?.day === from ? rest : [{ day: from, total: 0 }, ...rest]
}
