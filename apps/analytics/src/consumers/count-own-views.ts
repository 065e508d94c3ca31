import { gateway } from '@mpics/contracts'
import { type BatchedEvent, EventConsumer, OnBatch } from '@mpics/eventing'
import { AnalyticsConfig } from '../config.js'
import { CountViews, GATHER_MS } from '../page-views/count-views.js'
import type { View } from '../tallies/tally.js'

type OwnView = BatchedEvent<typeof gateway.ownViewRecorded>

@EventConsumer()
export class CountOwnViews {
  constructor(
    private readonly countViews: CountViews,
    private readonly config: AnalyticsConfig,
  ) {}

  @OnBatch(gateway.ownViewRecorded, { idempotence: 'natural', max: 1_000, gatherMs: GATHER_MS })
  async handle(events: OwnView[]): Promise<void> {
    if (this.config.ANALYTICS_COUNT_VIEWS) await this.countViews.execute(events.map(viewOf))
  }
}

const viewOf = ({ envelope: { data }, source, offset }: OwnView): View => ({
  page: data.page,
  at: new Date(`${data.day}T00:00:00Z`),
  visitor: null,
  own: true,
  source: `own-${source}`,
  offset,
})
