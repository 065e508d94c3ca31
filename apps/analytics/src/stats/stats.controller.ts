import { analytics, type ApiAnswer } from '@mpics/contracts'
import { Clock, Endpoint } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
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
    private readonly clock: Clock,
  ) {}

  @Endpoint(analytics.getStats)
  async stats(): Promise<ApiAnswer<typeof analytics.getStats>> {
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
