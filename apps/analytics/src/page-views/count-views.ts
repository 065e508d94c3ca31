import { Together } from '@mpics/eventing'
import { ConcurrentChangeError } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { PageDayRepository } from '../page-days/page-day.repository.js'
import { SiteTrafficRepository } from '../site/site-traffic.repository.js'
import { Pace, type Share } from '../tallies/pace.js'
import type { View } from '../tallies/tally.js'
import { PageViewsRepository } from './page-views.repository.js'

/** Each document knows which views it has counted, so any part may be done again. */
@Injectable()
export class CountViews {
  private readonly pace = new Pace()
  /** The views of one partition are not to blame for another's. */
  private readonly shares = new Together<Share<View>>(
    (shares) => this.count(shares.flatMap(({ views }) => views)),
    (shares) => this.pace.waitMs(shares),
  )

  constructor(
    private readonly pages: PageViewsRepository,
    private readonly days: PageDayRepository,
    private readonly site: SiteTrafficRepository,
  ) {}

  /** Writes each tally once for all views that come within a moment; resolves when these are counted. */
  async execute(views: readonly View[], isFull = false): Promise<void> {
    if (views.length > 0) await this.shares.add({ views, isFull })
  }

  /** A tally that another replica has saved is read again. */
  private async count(views: readonly View[]): Promise<void> {
    this.pace.begin(views.length)
    await this.countOnce(views).catch((error: unknown) => {
      if (!(error instanceof ConcurrentChangeError)) throw error
      return this.countOnce(views)
    })
  }

  private async countOnce(views: readonly View[]): Promise<void> {
    const byPage = Map.groupBy(views, (view) => view.page)
    const ends = await Promise.allSettled([this.pages.count(byPage), this.days.count(byPage), this.site.count(views)])
    for (const end of ends) if (end.status === 'rejected') throw end.reason
  }
}
