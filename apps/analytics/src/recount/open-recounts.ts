import { gateway } from '@mpics/contracts'
import { TopicTails } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AnalyticsConfig } from '../config.js'
import { PageDayRepository } from '../page-days/page-day.repository.js'
import { RecordedViews } from '../page-views/recorded-views.js'
import type { Bucket } from './bucket.js'
import type { KeptDays } from './kept-days.js'
import { PageCounts } from './page-counts.js'
import { Recount } from './recount.js'
import { CountingIsOffError } from './recount.errors.js'

@Injectable()
export class OpenRecounts {
  constructor(
    private readonly tails: TopicTails,
    private readonly recorded: RecordedViews,
    private readonly days: PageDayRepository,
    private readonly config: AnalyticsConfig,
    private readonly clock: Clock,
  ) {}

  /** The caller closes it. */
  async open(bucket: Bucket): Promise<Recount> {
    if (!this.config.ANALYTICS_COUNT_VIEWS) throw new CountingIsOffError()
    const pageViews = await this.tails.open(gateway.pageViewRecorded)
    const ownViews = await this.tails.open(gateway.ownViewRecorded).catch(async (error: unknown) => {
      await pageViews.close()
      throw error
    })
    return new Recount({ pageViews, ownViews }, this.recorded, new PageCounts(bucket))
  }

  /** Once it is read. It keeps what the shares of the pages before it kept, and what Kafka has deleted since. */
  async settle(recount: Recount, before?: KeptDays): Promise<void> {
    recount.pages.settle()
    const kept = recount.keptDays(this.clock.now(), await this.days.firstDay())
    recount.kept = before ? kept.and(before) : kept
  }
}
