import { Injectable } from '@nestjs/common'
import { PageDayRepository } from '../page-days/page-day.repository.js'
import { SiteTrafficRepository } from '../site/site-traffic.repository.js'
import type { View } from '../tallies/tally.js'
import { PageViewsRepository } from './page-views.repository.js'

/** Each document knows which views it has counted, so any part may be done again. */
@Injectable()
export class CountViews {
  constructor(
    private readonly pages: PageViewsRepository,
    private readonly days: PageDayRepository,
    private readonly site: SiteTrafficRepository,
  ) {}

  async execute(views: readonly View[]): Promise<void> {
    if (views.length === 0) return
    await Promise.all([
      this.pages.count(Map.groupBy(views, (view) => view.page)),
      this.days.count(views),
      this.site.count(views),
    ])
  }
}
