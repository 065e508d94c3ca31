import { Together, Transactions } from '@mpics/eventing'
import { ConcurrentChangeError, type Session } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { dayOf } from '../page-days/day.js'
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
    const areMany = Transactions.suit(writesFor(byPage, views))
    const parts = await (areMany ? this.saveTogether(counting) : allOf(counting()))
    await saveEach(parts).catch(async (error: unknown) => {
      if (!(error instanceof ConcurrentChangeError)) throw error
      await saveEach(await allOf(counting()))
    })
  }

  /**
   * Resolves to what is still to be saved. What is read in the transaction needs no guard in it, and has one outside of it. One thing
   * after the other, as a session bears no more.
   */
  private async saveTogether(counting: (session?: Session) => (() => Promise<Counting>)[]): Promise<Counting[]> {
    const parts: Counting[] = []
    const isSaved = await this.transactions.make(async (session) => {
      const read: Counting[] = []
      for (const count of counting(session)) read.push(await count())
      parts.push(...read)
      for (const part of parts) await part.save(session)
    })
    if (!isSaved) return parts.length > 0 ? parts : allOf(counting())
    // a commit without a write waits for nothing
    if (parts.every(({ changes }) => changes === 0)) return parts
    for (const part of parts) part.remember()
    return []
  }
}

/** At most, for each page and each partition of the site, on each day and in all. */
function writesFor(byPage: ReadonlyMap<string, unknown>, views: readonly View[]): number {
  const [days, sources] = [new Set<string>(), new Set<string>()]
  for (const { at, source } of views) {
    days.add(dayOf(at))
    sources.add(source)
  }
  return (byPage.size + sources.size) * (1 + days.size)
}

const allOf = <T>(makes: readonly (() => Promise<T>)[]): Promise<T[]> => Promise.all(makes.map((make) => make()))

async function saveEach(parts: readonly Counting[]): Promise<void> {
  const ends = await Promise.allSettled(parts.map((part) => part.save().then(part.remember)))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
