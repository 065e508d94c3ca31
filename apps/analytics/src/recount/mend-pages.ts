import type { Confirmation, Versioned } from '@mpics/eventing'
import { ConcurrentChangeError } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { type PageDay, PageDayRepository, pageDayIdOf } from '../page-days/page-day.repository.js'
import { correct, type PageViews, unseenPage } from '../page-views/page-views.js'
import { type Correction, PageViewsRepository } from '../page-views/page-views.repository.js'
import { type Replacement, replacing, type VersionedTally } from '../tallies/replacement.js'
import type { Tally } from '../tallies/tally.js'
import type { Recount } from './recount.js'
import { sharesOf } from './shares-of.js'
import { TallyCount } from './tally-count.js'

/** That are in memory at once, of some KiB each; or those of one page. */
const MAX_DAYS = 1_000

interface StoredPage {
  readonly page: string
  readonly views: Versioned<PageViews> | null
  readonly days: readonly VersionedTally<PageDay>[]
  /** The sum of the days before these, which stay whatever there is. */
  readonly older: Tally | null
}

interface Changes {
  readonly days: readonly Replacement<PageDay>[]
  readonly views: readonly Correction[]
}

/** Puts the recounted numbers of pages in their places. A page that is counted meanwhile is looked at again. */
@Injectable()
export class MendPages {
  constructor(
    private readonly pages: PageViewsRepository,
    private readonly days: PageDayRepository,
  ) {}

  async execute(recount: Recount, pages: readonly string[], signal: AbortSignal): Promise<Confirmation> {
    const confirmation = { added: 0, mended: 0, distrusted: 0 }
    const days = await this.days.countsFrom(pages, recount.kept.earliest)
    for (const share of sharesOf(pages, (page) => days.get(page) ?? 0, MAX_DAYS)) {
      const { added, mended } = await this.mend(recount, share, signal)
      confirmation.added += added
      confirmation.mended += mended
    }
    return confirmation
  }

  private async mend(recount: Recount, pages: readonly string[], signal: AbortSignal): Promise<Confirmation> {
    const [added, mended] = [new Set<string>(), new Set<string>()]
    for (;;) {
      const changes = await this.changes(recount, pages)
      for (const { labels } of changes.days) mended.add(labels.page)
      for (const { current, decision } of changes.views) (current ? mended : added).add(decision.state.id)
      if ((await this.made(changes)) || signal.aborted) break
    }
    return { added: added.size, mended: [...mended].filter((page) => !added.has(page)).length, distrusted: 0 }
  }

  /** What a replica has counted was recorded before: it is read now at the latest. */
  private async changes(recount: Recount, pages: readonly string[]): Promise<Changes> {
    const stored = await this.stored(pages, recount.kept.earliest)
    if (recount.isBehind(stored.flatMap(talliesOf))) await recount.catchUp()
    const changes = stored.map((one) => changesOf(one, recount))
    return { days: changes.flatMap(({ days }) => days), views: changes.flatMap(({ views }) => views) }
  }

  private async stored(pages: readonly string[], from: string): Promise<StoredPage[]> {
    const [views, days] = await Promise.all([this.pages.stored(pages), this.days.stored(pages, from)])
    const older = await this.sumsBefore(pages, from)
    const byPage = Map.groupBy(days, ({ labels }) => labels.page)
    return pages.map((page) => ({
      page,
      views: views.get(page) ?? null,
      days: byPage.get(page) ?? [],
      older: older.get(page)?.result() ?? null,
    }))
  }

  /** Years of days do not fit into memory at once. */
  private async sumsBefore(pages: readonly string[], day: string): Promise<Map<string, TallyCount>> {
    const sums = new Map<string, TallyCount>()
    for await (const { labels, tally } of this.days.before(pages, day))
      sums.set(labels.page, (sums.get(labels.page) ?? new TallyCount()).merge(tally))
    return sums
  }

  private async made({ days, views }: Changes): Promise<boolean> {
    const ends = await Promise.allSettled([this.days.replace(days), this.pages.correct(views)])
    const failed = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []))
    for (const error of failed) if (!(error instanceof ConcurrentChangeError)) throw error
    return failed.length === 0
  }
}

function changesOf(known: StoredPage, recount: Recount): Changes {
  const { page, views, days, older } = known
  const counted = [...recount.pages.daysOf(page)].map(([day, count]) => ({ day, tally: count.result() }))
  const before = recount.kept.before(sourcesOf([...talliesOf(known), ...counted.map(tallyOf)]))
  const anew = new Map(counted.filter(({ day }) => day >= before).map(({ day, tally }) => [day, tally]))
  const whole = new TallyCount()
  if (older) whole.merge(older)
  for (const { labels, tally } of days) if (labels.day < before) whole.merge(tally)
  for (const tally of anew.values()) whole.merge(tally)
  const stored = new Map(days.map((day) => [day.labels.day, day]))
  const recounted = new Set([...stored.keys(), ...anew.keys()].filter((day) => day >= before))
  const changed = [...recounted].flatMap((day) => {
    const labels = { page, day }
    const one = stored.get(day) ?? { id: pageDayIdOf(labels), labels, version: 0, tally: null }
    return replacing(one, knowing(anew.get(day), one.tally)) ?? []
  })
  return { days: changed, views: correctionOf(page, views, { tally: whole.result(views?.offsets), before }, recount) }
}

const tallyOf = ({ tally }: { tally: Tally }) => tally

const talliesOf = ({ views, days, older }: StoredPage): Tally[] =>
  [views, older, ...days.map(tallyOf)].filter((tally) => tally !== null)

const sourcesOf = (tallies: readonly Tally[]): Set<string> =>
  new Set(tallies.flatMap(({ offsets }) => Object.keys(offsets)))

/** It may have counted partitions of which nothing is read. */
const knowing = (anew: Tally | undefined, before: Tally | null): Tally | null =>
  anew ? { ...anew, offsets: { ...before?.offsets, ...anew.offsets } } : null

function correctionOf(
  page: string,
  current: Versioned<PageViews> | null,
  { tally, before }: { tally: Tally; before: string },
  { pages }: Recount,
): Correction[] {
  if (!current && tally.total === 0) return []
  const isCountedAnew = current?.own?.day !== undefined && current.own.day >= before
  const own = pages.ownOf(page) ?? (isCountedAnew ? undefined : current?.own)
  const decision = correct(current ?? unseenPage(page), tally, own)
  return decision.changed ? [{ current, decision }] : []
}
