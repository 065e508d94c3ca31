import { gateway } from '@mpics/contracts'
import { type BatchedEvent, EventConsumer, OnBatch } from '@mpics/eventing'
import { AgentDeliveryRepository } from '../agents/agent-deliveries.repository.js'
import { AnalyticsConfig } from '../config.js'
import { CountViews, GATHER_MS } from '../page-views/count-views.js'
import { VisitorHash } from '../sketch/visitor-hash.js'
import type { View } from '../tallies/tally.js'

type PageView = BatchedEvent<typeof gateway.pageViewRecorded>

/** Every view that a person caused counts (B18), a repeated one too; crawlers, prefetches and previews do not. */
const counts = ({ envelope: { data } }: PageView) => !data.bot && data.loadKind === 'navigation'

@EventConsumer()
export class CountPageViews {
  constructor(
    private readonly countViews: CountViews,
    private readonly visitors: VisitorHash,
    private readonly deliveries: AgentDeliveryRepository,
    private readonly config: AnalyticsConfig,
  ) {}

  @OnBatch(gateway.pageViewRecorded, { idempotence: 'natural', max: 2_000, gatherMs: GATHER_MS })
  async handle(events: PageView[]): Promise<void> {
    if (!this.config.ANALYTICS_COUNT_VIEWS) return
    const firsts = await this.deliveries.firsts(events)
    await this.countViews.execute(firsts.filter(counts).map((event) => this.viewOf(event)))
  }

  private viewOf({ envelope: { data }, source, offset }: PageView): View {
    const visitor = data.browserId === null ? null : this.visitors.of(data.browserId)
    return { page: data.page, at: new Date(data.occurredAt), visitor, source, offset }
  }
}
