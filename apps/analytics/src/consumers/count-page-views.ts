import { gateway } from '@mpics/contracts'
import { type BatchedEvent, EventConsumer, OnBatch } from '@mpics/eventing'
import { AnalyticsConfig } from '../config.js'
import { CountViews, GATHER_MS } from '../page-views/count-views.js'
import { RecordedViews } from '../page-views/recorded-views.js'

@EventConsumer()
export class CountPageViews {
  constructor(
    private readonly countViews: CountViews,
    private readonly recorded: RecordedViews,
    private readonly config: AnalyticsConfig,
  ) {}

  @OnBatch(gateway.pageViewRecorded, { idempotence: 'natural', max: 2_000, gatherMs: GATHER_MS })
  async handle(events: BatchedEvent<typeof gateway.pageViewRecorded>[]): Promise<void> {
    if (this.config.ANALYTICS_COUNT_VIEWS) await this.countViews.execute(await this.recorded.of(events))
  }
}
