import { about, Connection, PersonalData } from '@mpics/mongo'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import type { View } from '../tallies/tally.js'
import { profilePages } from '../tallies/profile-page.js'
import { TallyCollection } from '../tallies/tally.repository.js'
import { dayOf } from './day.js'

interface PageDay {
  page: string
  day: string
}

type PageTotal = PageDay & { total: number }

const labels = { page: about.identifier('trend-analysis'), day: about.technical('trend-analysis') }

const idOf = ({ day, page }: PageDay) => `${day} ${page}`

/** Counts the views of each page on each day. Sketches of several days merge into the visitors of a week. */
@Injectable()
export class PageDayRepository implements OnApplicationBootstrap {
  private readonly days: TallyCollection<PageDay>

  constructor(connection: Connection, personalData: PersonalData) {
    this.days = new TallyCollection(connection, 'page_days', { page: String, day: String }, { page: 1, day: 1 })
    personalData.register(profilePages(this.days.model, 'page', ['day'], labels))
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.days.createIndexes()
  }

  async count(views: readonly View[]): Promise<void> {
    const groups = Map.groupBy(views, (view) => idOf({ day: dayOf(view.at), page: view.page }))
    await this.days.count(
      [...groups].map(([id, counted]) => {
        const { page, at } = counted[0]!
        return { id, labels: { page, day: dayOf(at) }, views: counted }
      }),
    )
  }

  async erasePage(page: string): Promise<void> {
    await this.days.model.deleteMany({ page })
  }

  /** The days on which a page was viewed, oldest first. */
  async ofPage(page: string): Promise<{ day: string; total: number }[]> {
    const found = await this.days.model.find({ page }).sort({ day: 1 }).select({ day: 1, total: 1 }).lean<PageTotal[]>()
    return found.map(({ day, total }) => ({ day, total }))
  }

  /** Number of pages viewed on a day. */
  pages(day: string): Promise<number> {
    return this.days.countFrom(idOf({ day, page: '' }))
  }
}
