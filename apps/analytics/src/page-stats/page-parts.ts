import { DAY_MS } from '@mpics/contracts/durations'
import { Injectable } from '@nestjs/common'
import { NONE, OTHER } from '../counts/dimension.js'
import { timeOf } from '../disclosure/joined-days.js'
import { type Part, publishable } from '../disclosure/publishable.js'
import type { ToldStretch } from '../disclosure/told-days.js'
import type { ToldWeek } from '../told-pages/told-page.js'
import { type LoggedTime, ViewLogRepository } from '../view-log/view-log.repository.js'

/** Whoever looks names their referrer: further ones are counted together. */
const MAX_VALUES = 100_000
const MAX_PARTS = 200

class Counts {
  readonly stretches = new Map<ToldStretch, number>()
  readonly referrers = new Map<string, number>()
  readonly countries = new Map<string, number>()

  constructor(readonly group: readonly ToldStretch[]) {}

  /** The difference to another sum would be of few views: of one that was on its way, or of what the log has lost. */
  get isWhole(): boolean {
    return this.group.every((stretch) => this.stretches.get(stretch) === stretch.views)
  }
}

/** Where the views of a page came from. */
@Injectable()
export class PageParts {
  constructor(private readonly log: ViewLogRepository) {}

  /** Of groups of stretches, in order: of the views that each stretch counted. Nothing is told of a group where the log has others. */
  async of(page: string, groups: readonly ToldStretch[][]): Promise<ToldWeek[]> {
    const all = groups.map((group) => new Counts(group))
    const counted = all.flatMap((counts) => counts.group.map((stretch) => ({ stretch, counts })))
    if (counted.length === 0) return []
    const times = counted.map(({ stretch }) => loggedTimeOf(stretch))
    for await (const { time, referrer, country, views } of this.log.origins(page, times)) {
      const { stretch, counts } = counted[time]!
      add(counts.stretches, stretch, views)
      add(counts.referrers, knownIn(counts.referrers, referrer ?? NONE), views)
      add(counts.countries, knownIn(counts.countries, country ?? NONE), views)
    }
    return all.map(weekOf)
  }
}

const loggedTimeOf = ({ from, to, asOf }: ToldStretch): LoggedTime => ({
  from: new Date(from),
  to: new Date(Date.parse(to) + DAY_MS),
  savedBy: asOf!,
})

const add = <K>(counts: Map<K, number>, key: K, views: number) => counts.set(key, (counts.get(key) ?? 0) + views)

const knownIn = (counts: ReadonlyMap<string, number>, value: string): string =>
  counts.has(value) || counts.size < MAX_VALUES ? value : OTHER

const weekOf = ({ group, isWhole, referrers, countries }: Counts): ToldWeek => ({
  ...timeOf(group),
  ...(isWhole ? { referrers: told(referrers), countries: told(countries) } : { referrers: [], countries: [] }),
})

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
