import { gateway } from '@mpics/contracts'
import { type BatchedEvent, EventConsumer, OnBatch } from '@mpics/eventing'
import { AnalyticsConfig } from '../config.js'
import { CountViews } from '../page-views/count-views.js'
import { RecordedViews } from '../page-views/recorded-views.js'
import { GATHER_MS, isFull } from '../tallies/pace.js'

const MOST = 1_000

@EventConsumer()
export class CountOwnViews {
  constructor(
    private readonly countViews: CountViews,
    private readonly recorded: RecordedViews,
    private readonly config: AnalyticsConfig,
  ) {}

  @OnBatch(gateway.ownViewRecorded, { idempotence: 'natural', max: MOST, gatherMs: GATHER_MS })
  async handle(events: BatchedEvent<typeof gateway.ownViewRecorded>[]): Promise<void> {
    if (this.config.ANALYTICS_COUNT_VIEWS)
      await this.countViews.execute(this.recorded.ofOwners(events), isFull(events, MOST))
  }
}
