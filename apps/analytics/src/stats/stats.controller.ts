import { analytics, type ApiAnswer } from '@mpics/contracts'
import { Clock, Endpoint } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { AnalyticsConfig } from '../config.js'
import { dayOf } from '../page-days/day.js'
import { PageDayRepository } from '../page-days/page-day.repository.js'
import { PageViewsRepository } from '../page-views/page-views.repository.js'
import { SiteTrafficRepository, type Traffic } from '../site/site-traffic.repository.js'

@Controller()
export class StatsController {
  constructor(
    private readonly pages: PageViewsRepository,
    private readonly days: PageDayRepository,
    private readonly site: SiteTrafficRepository,
    private readonly config: AnalyticsConfig,
    private readonly clock: Clock,
  ) {}

  /** While the operator shows no counts, nobody is told of any (B17). */
  @Endpoint(analytics.getStats)
  async stats(): Promise<ApiAnswer<typeof analytics.getStats>> {
    if (!this.config.ANALYTICS_SHOW_COUNTS) return { today: null, all: null }
    const day = dayOf(this.clock.now())
    const [pagesToday, today, pages, all] = await Promise.all([
      this.days.pages(day),
      this.site.of(day),
      this.pages.pages(),
      this.site.inAll(),
    ])
    return { today: shown(pagesToday, today), all: shown(pages, all) }
  }
}

const shown = (pages: number, { views, visitors }: Traffic) => ({ pages, views, people: visitors })
