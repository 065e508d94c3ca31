import { about, Connection, PersonalData, type Session } from '@mpics/mongo'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import type { View } from '../tallies/tally.js'
import { profilePages } from '../tallies/profile-page.js'
import type { Counting } from '../tallies/counting.js'
import type { Replacement, VersionedTally } from '../tallies/replacement.js'
import { TallyCollection } from '../tallies/tally.repository.js'
import { dayOf } from './day.js'

export interface PageDay {
  page: string
  day: string
}

type PageTotal = PageDay & { total: number; ownViews?: number }

const OTHERS = { day: 1, total: 1, ownViews: 1 } as const
const DAY_LENGTH = '2026-01-01'.length

const labels = { page: about.identifier('trend-analysis'), day: about.technical('trend-analysis') }

export const pageDayIdOf = ({ day, page }: PageDay) => `${day} ${page}`

/** Counts the views of each page on each day. Sketches of several days merge into the visitors of a week. */
@Injectable()
export class PageDayRepository implements OnApplicationBootstrap {
  private readonly days: TallyCollection<PageDay>

  constructor(connection: Connection, personalData: PersonalData) {
    this.days = new TallyCollection(connection, 'page_days', { page: String, day: String }, { page: 1, day: 1 })
    personalData.register(profilePages(this.days.model, 'page', ['day'], labels))
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.days.prepare()
  }

  counting(viewsByPage: ReadonlyMap<string, readonly View[]>, session?: Session): Promise<Counting> {
    return this.days.counting(
      [...viewsByPage].flatMap(([page, views]) =>
        [...Map.groupBy(views, ({ at }) => dayOf(at))].map(([day, counted]) => {
          const labels = { page, day }
          return { id: pageDayIdOf(labels), labels, views: counted }
        }),
      ),
      session,
    )
  }

  async erasePage(page: string): Promise<void> {
    await this.days.model.deleteMany({ page })
  }

  /** The days on which others than its owner viewed a page, and how often; oldest first. */
  async ofPage(page: string): Promise<{ day: string; total: number }[]> {
    const found = await this.days.model.find({ page }).sort({ day: 1 }).select(OTHERS).lean<PageTotal[]>()
    return found.flatMap(({ day, total, ownViews = 0 }) => (total > ownViews ? [{ day, total: total - ownViews }] : []))
  }

  /** All days of a page, one after the other. */
  each(page: string): AsyncIterable<VersionedTally<PageDay>> {
    return this.days.each({ page })
  }

  /** The days of these pages from this one on. */
  stored(pages: readonly string[], from: string): Promise<VersionedTally<PageDay>[]> {
    return this.days.versioned({ page: { $in: pages }, day: { $gte: from } })
  }

  /** How many days each of these pages has from this one on; from the index alone. */
  async countsFrom(pages: readonly string[], from: string): Promise<Map<string, number>> {
    const found = await this.days.model.aggregate<{ _id: string; days: number }>([
      { $match: { page: { $in: [...pages] }, day: { $gte: from } } },
      { $group: { _id: '$page', days: { $sum: 1 } } },
    ])
    return new Map(found.map(({ _id, days }) => [_id, days]))
  }

  /** The days of these pages before this one, one after the other. */
  before(pages: readonly string[], day: string): AsyncIterable<VersionedTally<PageDay>> {
    return this.days.each({ page: { $in: pages }, day: { $lt: day } })
  }

  /** Throws `ConcurrentChangeError` when somebody has counted meanwhile. */
  replace(changes: readonly Replacement<PageDay>[]): Promise<void> {
    return this.days.replace(changes)
  }

  /** The first day on which anything was viewed. */
  async firstDay(): Promise<string | null> {
    return (await this.days.firstId())?.slice(0, DAY_LENGTH) ?? null
  }

  /** The pages of so many days, in the order of the pages and after this one: a page comes once for each of its days. */
  async names(after: string, most: number): Promise<string[]> {
    const found = this.days.model.collection.find({ page: { $gt: after } }, { projection: { _id: 0, page: 1 } })
    const days = await found.sort({ page: 1, day: 1 }).limit(most).toArray()
    return days.map(({ page }) => String(page))
  }

  /** Number of pages viewed on a day. */
  pages(day: string): Promise<number> {
    return this.days.countFrom(pageDayIdOf({ day, page: '' }))
  }
}
