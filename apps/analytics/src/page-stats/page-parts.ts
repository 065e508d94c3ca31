import { DAY_MS } from '@mpics/contracts/durations'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { NONE, OTHER } from '../counts/dimension.js'
import { weekOf } from '../disclosure/joined-days.js'
import { type Part, publishable } from '../disclosure/publishable.js'
import { dayOf } from '../page-days/day.js'
import { type LoggedView, PERSON } from '../view-log/logged-view.js'
import { ViewLogRepository } from '../view-log/view-log.repository.js'

/** The log holds four whole weeks, and what may come late to the last one. */
const WEEKS = 4
const MAX_VIEWS = 1_000_000
const MAX_PARTS = 40

type Parts = Record<'referrers' | 'countries', Part[]>

/** Where the views of a page came from, in whole weeks: each is told in the same parts whoever asks, and for whatever time. */
@Injectable()
export class PageParts {
  constructor(
    private readonly log: ViewLogRepository,
    private readonly clock: Clock,
  ) {}

  async of(page: string, from: string, to: string): Promise<Parts> {
    const end = new Date(weekOf(dayOf(new Date(this.clock.now().getTime() - DAY_MS))))
    const begin = new Date(end.getTime() - WEEKS * 7 * DAY_MS)
    const weeks = new Map<string, WeekParts>()
    let seen = 0
    for await (const { views } of this.log.ofPage(page, begin, end)) {
      if ((seen += views.length) > MAX_VIEWS) break
      for (const view of views)
        if (view.page === page && view.kind === PERSON && view.at >= begin && view.at < end) add(weeks, view)
    }
    const asked = [...weeks].filter(([monday]) => monday >= from && sundayOf(monday) <= to).map(([, parts]) => parts)
    return { referrers: told(asked, 'referrers'), countries: told(asked, 'countries') }
  }
}

type WeekParts = Record<keyof Parts, Map<string, number>>

function add(weeks: Map<string, WeekParts>, { at, referrer, country }: LoggedView): void {
  const monday = weekOf(dayOf(at))
  const week = weeks.get(monday) ?? { referrers: new Map<string, number>(), countries: new Map<string, number>() }
  weeks.set(monday, week)
  count(week.referrers, referrer ?? NONE)
  count(week.countries, country ?? NONE)
}

const count = (counts: Map<string, number>, value: string) => counts.set(value, (counts.get(value) ?? 0) + 1)

const sundayOf = (monday: string) => dayOf(new Date(Date.parse(monday) + 6 * DAY_MS))

/** Sums of what each week tells: sums of other parts would tell by subtraction. */
function told(weeks: readonly WeekParts[], name: keyof Parts): Part[] {
  const sums = new Map<string, number>()
  for (const week of weeks)
    for (const { value, views } of publishable([...week[name]].map(([value, views]) => ({ value, views }))))
      sums.set(value, (sums.get(value) ?? 0) + views)
  const all = [...sums].map(([value, views]) => ({ value, views })).sort((a, b) => b.views - a.views)
  const rest = all.slice(MAX_PARTS).reduce((sum, { views }) => sum + views, 0)
  return rest === 0 ? all : [...all.slice(0, MAX_PARTS), { value: OTHER, views: rest }]
}
