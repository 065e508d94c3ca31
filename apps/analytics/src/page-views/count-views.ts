import { Together, Transactions } from '@mpics/eventing'
import { ConcurrentChangeError, type Session } from '@mpics/mongo'
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
    const byPage = Map.groupBy(views, (view) => view.page)
    const counting = (session?: Session) => [
      () => this.pages.counting(byPage, session),
      () => this.days.counting(byPage, session),
      () => this.site.counting(views, session),
    ]
    if (Transactions.suit(writesFor(byPage, views)) && (await this.saveTogether(counting))) return
    await saveEach(await allOf(counting())).catch(async (error: unknown) => {
      if (!(error instanceof ConcurrentChangeError)) throw error
      await saveEach(await allOf(counting()))
    })
  }

  /** What is read in the transaction needs no guard in it. One thing after the other, as a session bears no more. */
  private async saveTogether(counting: (session: Session) => (() => Promise<Counting>)[]): Promise<boolean> {
    const parts: Counting[] = []
    const isSaved = await this.transactions.make(async (session) => {
      for (const count of counting(session)) parts.push(await count())
      for (const part of parts) await part.save(session)
    })
    if (!isSaved) return false
    for (const part of parts) part.remember()
    // a commit without a write waits for nothing
    if (parts.every(({ changes }) => changes === 0)) await saveEach(parts)
    return true
  }
}

/** At most, for each page and its day, and for each partition of the site on a day and in all. */
const writesFor = (byPage: ReadonlyMap<string, unknown>, views: readonly View[]): number =>
  2 * (byPage.size + new Set(views.map(({ source }) => source)).size)

const allOf = <T>(makes: readonly (() => Promise<T>)[]): Promise<T[]> => Promise.all(makes.map((make) => make()))

async function saveEach(parts: readonly Counting[]): Promise<void> {
  const ends = await Promise.allSettled(parts.map((part) => part.save().then(part.remember)))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
