import { dayOf } from '../page-days/day.js'
import { ALL, type Share } from '../site/site-traffic.repository.js'
import type { Tally, View } from '../tallies/tally.js'
import type { KeptDays } from './kept-days.js'
import { TallyCount } from './tally-count.js'

/** Counts the views of the whole site, by day and partition. */
export class SiteCounts {
  private readonly days = new Map<string, Map<string, TallyCount>>()

  add(view: View): void {
    const day = dayOf(view.at)
    const sources = this.days.get(day) ?? new Map<string, TallyCount>()
    this.days.set(day, sources)
    const count = sources.get(view.source) ?? new TallyCount()
    sources.set(view.source, count)
    count.add(view)
  }

  firstDay(): string | null {
    return [...this.days.keys()].sort()[0] ?? null
  }

  /** What the site has of the days that are not kept, and in all with the sums of those that are. */
  shares(days: KeptDays, kept: ReadonlyMap<string, Tally>): (Share & { count: TallyCount })[] {
    const all = new Map([...kept].map(([source, tally]) => [source, new TallyCount().merge(tally)]))
    const shares: (Share & { count: TallyCount })[] = []
    for (const [period, sources] of this.days)
      for (const [source, count] of sources) {
        if (period < days.before([source])) continue
        shares.push({ period, source, count })
        all.set(source, (all.get(source) ?? new TallyCount()).merge(count.result()))
      }
    return [...shares, ...[...all].map(([source, count]) => ({ period: ALL, source, count }))]
  }
}
