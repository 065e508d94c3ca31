import { Together, Transactions } from '@mpics/eventing'
import { ConcurrentChangeError } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { PageDayRepository } from '../page-days/page-day.repository.js'
import { SiteTrafficRepository } from '../site/site-traffic.repository.js'
import type { Counting } from '../tallies/counting.js'
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
    private readonly transactions: Transactions,
  ) {}

  /** Writes each tally once for all views that come within a moment; resolves when these are counted. */
  async execute(views: readonly View[], isFull = false): Promise<void> {
    if (views.length > 0) await this.shares.add({ views, isFull })
  }

  /** A tally that another replica has saved is read again. */
  private async count(views: readonly View[]): Promise<void> {
    this.pace.begin(views.length)
    const parts = await this.counting(views)
    if (!(await this.saveTogether(parts)))
      await saveEach(parts).catch(async (error: unknown) => {
        if (!(error instanceof ConcurrentChangeError)) throw error
        await saveEach(await this.counting(views))
      })
  }

  private counting(views: readonly View[]): Promise<Counting[]> {
    const byPage = Map.groupBy(views, (view) => view.page)
    return Promise.all([this.pages.counting(byPage), this.days.counting(byPage), this.site.counting(views)])
  }

  private async saveTogether(parts: readonly Counting[]): Promise<boolean> {
    const changes = parts.reduce((sum, part) => sum + part.changes, 0)
    if (!Transactions.suit(changes)) return false
    const isSaved = await this.transactions.make(async (session) => {
      for (const part of parts) await part.save(session)
    })
    if (isSaved) for (const part of parts) part.remember()
    return isSaved
  }
}

async function saveEach(parts: readonly Counting[]): Promise<void> {
  const ends = await Promise.allSettled(parts.map((part) => part.save().then(part.remember)))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
