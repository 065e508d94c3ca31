import { analytics } from '@mpics/contracts'
import { type DayViews, dayAfter, joinedDays, type Stretch } from './joined-days.js'

const { smallestPart } = analytics.countingRules

export interface ToldStretch extends Stretch {
  /** When it was counted: views that came later are not in it. */
  readonly asOf: Date
}

interface Closed {
  readonly until: string
  readonly now: Date
}

/**
 * The days of a page as they may be told now: those that were told before, and the ones that closed since. `days` are those before
 * `until`. Views that come late change what was told by five and more, or not at all; and never which days are joined. A clock that is
 * behind has not seen the end of what was told.
 */
export function toldDays(
  told: readonly ToldStretch[],
  days: readonly DayViews[],
  { until, now }: Closed,
): readonly ToldStretch[] {
  const corrected = told.map((stretch) => (stretch.to < until ? correctedBy(days, now, stretch) : stretch))
  const fresh = joinedDays(untold(days, told.at(-1))).map((stretch) => ({ ...stretch, asOf: now }))
  const isSame = fresh.length === 0 && corrected.every((stretch, i) => stretch === told[i])
  return isSame ? told : [...corrected, ...fresh]
}

function correctedBy(days: readonly DayViews[], now: Date, was: ToldStretch): ToldStretch {
  const within = days.filter(({ day }) => day >= was.from && day <= was.to)
  const views = within.reduce((sum, { total }) => sum + total, 0)
  return Math.abs(views - was.views) < smallestPart || views < smallestPart ? was : { ...was, views, asOf: now }
}

function untold(days: readonly DayViews[], last: Stretch | undefined): DayViews[] {
  if (!last) return [...days]
  const from = dayAfter(last.to)
  const rest = days.filter(({ day }) => day >= from)
  return rest[0]?.day === from ? rest : [{ day: from, total: 0 }, ...rest]
}
