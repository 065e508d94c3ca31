import { type ApiAnswer, type ApiInput, getStats, getViews } from '@mpics/contracts'
import { Clock, Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { AnalyticsConfig } from '../config.js'
import { dayOf, SITE } from './count-page-views.js'
import { TallyRepository } from './tally.repository.js'

@Controller()
export class ViewsController {
  constructor(
    private readonly tallies: TallyRepository,
    private readonly clock: Clock,
    private readonly config: AnalyticsConfig,
  ) {}

  /** Pages that nobody has viewed are there with zeros; with counts switched off, none is (B17). */
  @Endpoint(getViews)
  async views(@Input() { query }: ApiInput<typeof getViews>): Promise<ApiAnswer<typeof getViews>> {
    if (this.config.ANALYTICS_SHOW_COUNTS === 'false') return { items: [] }
    const totals = await this.tallies.totals(query.page)
    return { items: query.page.map((page) => ({ page, ...(totals.get(page) ?? { total: 0, unique: 0 }) })) }
  }

  @Endpoint(getStats)
  async stats(): Promise<ApiAnswer<typeof getStats>> {
    const today = dayOf(this.clock.now())
    const [pages, pagesToday, all, ofToday] = await Promise.all([
      this.tallies.pagesViewed(),
      this.tallies.pagesViewedOn(today),
      this.tallies.day(SITE),
      this.tallies.day(`${today} ${SITE}`),
    ])
    return {
      today: { pages: pagesToday, views: ofToday.total, people: ofToday.unique },
      all: { pages, views: all.total, people: all.unique },
    }
  }
}
