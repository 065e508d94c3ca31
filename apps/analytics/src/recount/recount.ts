import type { gateway } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import type { TopicTail } from '@mpics/eventing'
import { dayOf } from '../page-days/day.js'
import { OWN_SOURCE, type RecordedViews } from '../page-views/recorded-views.js'
import type { Tally, View } from '../tallies/tally.js'
import { KeptDays } from './kept-days.js'
import type { PageCounts } from './page-counts.js'
import { SiteCounts } from './site-counts.js'

interface Tails {
  readonly pageViews: TopicTail<typeof gateway.pageViewRecorded>
  readonly ownViews: TopicTail<typeof gateway.ownViewRecorded>
}

/** What the topics say of a share of the pages, and of the site: first all that they hold, and then what has come since. */
export class Recount {
  readonly site = new SiteCounts()
  kept = new KeptDays(new Map())

  constructor(
    private readonly tails: Tails,
    private readonly recorded: RecordedViews,
    readonly pages: PageCounts,
  ) {}

  /** Yields how many records it has read. */
  async *readOn(): AsyncGenerator<number> {
    for await (const { events, records } of this.tails.pageViews.readOn()) {
      this.add(await this.recorded.of(events))
      yield records
    }
    for await (const { events, records } of this.tails.ownViews.readOn()) {
      this.add(this.recorded.ofOwners(events))
      yield records
    }
  }

  async catchUp(): Promise<void> {
    for await (const _ of this.readOn());
  }

  /** True if one of these tallies has counted what this has not read. */
  isBehind(tallies: readonly Pick<Tally, 'offsets'>[]): boolean {
    return tallies.some(({ offsets }) =>
      Object.entries(offsets).some(([source, offset]) => offset >= this.positionOf(source)),
    )
  }

  get isEmpty(): boolean {
    return this.site.firstDay() === null
  }

  /** Of the day on which a topic begins now it may have lost views. One that is younger than the counts was made anew, in the middle of a day. */
  keptDays(now: Date, firstStored: string | null): KeptDays {
    const { pageViews, ownViews } = this.tails
    const cuts = [
      ...[...pageViews.cuts()].map(([partition, cut]) => [`${partition}`, cut] as const),
      ...[...ownViews.cuts()].map(([partition, cut]) => [`${OWN_SOURCE}${partition}`, cut] as const),
    ]
    const first = this.site.firstDay()
    const isWhole = cuts.every(([, cut]) => cut === undefined)
    const isYounger = isWhole && first !== null && firstStored !== null && firstStored < first
    const floor = isYounger ? dayAfter(pageViews.begin() ?? ownViews.begin() ?? now) : ''
    return new KeptDays(
      new Map(cuts.map(([source, cut]) => [source, cut === undefined ? floor : dayAfter(cut ?? now)])),
    )
  }

  async close(): Promise<void> {
    await Promise.all([this.tails.pageViews.close(), this.tails.ownViews.close()])
  }

  private add(views: readonly View[]): void {
    for (const view of views) {
      this.pages.add(view)
      this.site.add(view)
    }
  }

  /** A replayed view is counted where it was recorded. */
  private positionOf(source: string): number {
    const [, own, partition] = SOURCE.exec(source) ?? []
    if (partition === undefined) return Infinity
    return this.tails[own ? 'ownViews' : 'pageViews'].position(Number(partition))
  }
}

const dayAfter = (time: Date): string => dayOf(new Date(time.getTime() + DAY_MS))

const SOURCE = new RegExp(`^(${OWN_SOURCE})?(\\d+)$`)
