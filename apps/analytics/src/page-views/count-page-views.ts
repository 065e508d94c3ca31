import { createHmac } from 'node:crypto'
import { decide, type Decision, type Envelope, type pageViewRecorded, unchanged } from '@mpics/contracts'
import type { BatchedEvent } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import { AnalyticsConfig } from '../config.js'
import { countViews, type PageViews, unseenPage } from './page-views.js'
import { addViews, type View } from '../tallies/tally.js'
import { TallyRepository } from './tally.repository.js'

export type RecordedView = BatchedEvent<typeof pageViewRecorded>

/** Totals of the whole site, beside those of its pages. */
export const SITE = '*'
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

const AT_ONCE = 8

/** Crawlers, and pages fetched before anybody looked, count nowhere (B18). */
const counts = ({ bot, loadKind }: Envelope<typeof pageViewRecorded>['data']) => !bot && loadKind === 'navigation'

/** Counts a batch of views: one write for each page and day in it, however many views they have. */
@Injectable()
export class CountPageViews {
  constructor(
    private readonly tallies: TallyRepository,
    private readonly config: AnalyticsConfig,
  ) {}

  async execute(events: readonly RecordedView[]): Promise<void> {
    const views = events.filter((e) => counts(e.envelope.data)).map((e) => this.viewOf(e))
    const byPage = Map.groupBy(views, (v) => v.page)
    const byDay = Map.groupBy(views, (v) => dayOf(v.at))
    const work = [
      ...[...byPage].map(
        ([page, found]) =>
          () =>
            this.countPage(page, found),
      ),
      ...[...byDay].map(
        ([day, found]) =>
          () =>
            this.countDay(`${day} ${SITE}`, found),
      ),
      ...[...byDay].flatMap(([day, found]) =>
        [...Map.groupBy(found, (v) => v.page)].map(
          ([page, some]) =>
            () =>
              this.countDay(`${day} ${page}`, some),
        ),
      ),
      ...(views.length > 0 ? [() => this.countDay(SITE, views)] : []),
    ]
    for (let at = 0; at < work.length; at += AT_ONCE) await Promise.all(work.slice(at, at + AT_ONCE).map((w) => w()))
  }

  private viewOf({ envelope: { data }, partition, offset }: RecordedView): View {
    const { page, browserId, occurredAt } = data
    const visitor =
      browserId === null ? null : createHmac('sha256', this.config.ANALYTICS_VISITOR_KEY).update(browserId).digest()
    return { page, at: new Date(occurredAt), visitor, partition, offset }
  }

  private countPage(page: string, views: View[]): Promise<void> {
    return this.tallies.countPage(page, (found) => countViews(found ?? unseenPage(page), views))
  }

  private countDay(id: string, views: View[]): Promise<void> {
    return this.tallies.countDay(id, (found) => countQuietly(found ?? unseenPage(id), views))
  }
}

/** As a page is counted, without telling of it: days are read here only. */
function countQuietly(day: PageViews, views: readonly View[]): Decision<PageViews> {
  const counted = addViews(day, views)
  return counted === day ? unchanged(day) : decide({ ...counted, id: day.id })
}
