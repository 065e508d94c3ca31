import { DAY_MS } from '@mpics/contracts/durations'
import { Injectable } from '@nestjs/common'
import { NONE, OTHER } from '../counts/dimension.js'
import { type Stretch, timeOf } from '../disclosure/joined-days.js'
import { type Part, publishable } from '../disclosure/publishable.js'
import type { ToldStretch } from '../disclosure/told-days.js'
import type { ToldWeek } from '../told-pages/told-page.js'
import { type LoggedView, PERSON } from '../view-log/logged-view.js'
import { ViewLogRepository } from '../view-log/view-log.repository.js'

const MAX_VIEWS = 1_000_000
const MAX_PARTS = 200

type Counts = Record<'referrers' | 'countries', Map<string, number>>

/** Where the views of a page came from. */
@Injectable()
export class PageParts {
  constructor(private readonly log: ViewLogRepository) {}

  /** Of groups of stretches, in order: of the views that each stretch counted, or the parts would tell of those that came late. */
  async of(page: string, groups: readonly ToldStretch[][]): Promise<ToldWeek[]> {
    const stretches = groups.flat()
    if (stretches.length === 0) return []
    const counts = new Map(groups.map((group) => [group, uncounted()]))
    const countsOf = new Map(groups.flatMap((group) => group.map((stretch) => [stretch, counts.get(group)!])))
    let seen = 0
    for await (const { views, savedAt } of this.log.ofPage(page, startOf(stretches[0]!), endOf(stretches.at(-1)!))) {
      if ((seen += views.length) > MAX_VIEWS) break
      for (const view of views) {
        const stretch = view.page === page && view.kind === PERSON ? stretches.find((each) => holds(each, view)) : null
        if (stretch && savedAt <= stretch.asOf) add(countsOf.get(stretch)!, view)
      }
    }
    return [...counts].map(([group, { referrers, countries }]) => ({
      ...timeOf(group),
      ...{ referrers: told(referrers), countries: told(countries) },
    }))
  }
}

const uncounted = (): Counts => ({ referrers: new Map<string, number>(), countries: new Map<string, number>() })
const startOf = ({ from }: Stretch): Date => new Date(from)
const endOf = ({ to }: Stretch): Date => new Date(Date.parse(to) + DAY_MS)
const holds = (stretch: Stretch, { at }: LoggedView): boolean => at >= startOf(stretch) && at < endOf(stretch)

function add({ referrers, countries }: Counts, { referrer, country }: LoggedView): void {
  count(referrers, referrer ?? NONE)
  count(countries, country ?? NONE)
}

const count = (counts: Map<string, number>, value: string) => counts.set(value, (counts.get(value) ?? 0) + 1)

function told(counts: ReadonlyMap<string, number>): Part[] {
  return mostViewed(publishable([...counts].map(([value, views]) => ({ value, views }))), MAX_PARTS)
}

/** Parts that were told add up to others; what was hidden would tell by subtraction. */
export function mostViewed(parts: readonly Part[], most: number): Part[] {
  const sorted = parts.toSorted((a, b) => b.views - a.views)
  const isTold = ({ value }: Part, i: number) => i < most && value !== OTHER
  const rest = sorted.filter((part, i) => !isTold(part, i)).reduce((sum, { views }) => sum + views, 0)
  const other = rest > 0 ? [{ value: OTHER, views: rest }] : []
  return [...sorted.filter(isTold), ...other].sort((a, b) => b.views - a.views)
}
