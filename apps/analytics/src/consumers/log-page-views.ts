import { gateway } from '@mpics/contracts'
import { type BatchedEvent, EventConsumer, OnBatch } from '@mpics/eventing'
import { AgentDeliveryRepository } from '../agents/agent-deliveries.repository.js'
import { AnalyticsConfig } from '../config.js'
import { dayOf, dateOf } from '../page-days/day.js'
import { VisitorHash } from '../sketch/visitor-hash.js'
import { GATHER_MS, isFull } from '../tallies/pace.js'
import { LogViews } from '../view-log/log-views.js'
import { PERSON, type PlacedView } from '../view-log/logged-view.js'

const MOST = 2_000

type PageView = BatchedEvent<typeof gateway.pageViewRecorded>

const PREVIEW: keyof typeof gateway.loadKinds.known = 'preview'

/** Why a view is in no total, or that it is: an unknown way to load, and an unknown reason, are shown as they are called. Programs make previews. */
function kindOf({ bot, botReason, loadKind }: PageView['envelope']['data']): string {
  if (loadKind === PREVIEW) return PREVIEW
  if (bot) return botReason ?? 'crawler'
  return loadKind === 'navigation' ? PERSON : loadKind
}

@EventConsumer()
export class LogPageViews {
  constructor(
    private readonly logViews: LogViews,
    private readonly visitors: VisitorHash,
    private readonly deliveries: AgentDeliveryRepository,
    private readonly config: AnalyticsConfig,
  ) {}

  @OnBatch(gateway.pageViewRecorded, { idempotence: 'natural', max: MOST, gatherMs: GATHER_MS })
  async handle(events: PageView[]): Promise<void> {
    if (!this.config.ANALYTICS_COUNT_VIEWS) return
    const firsts = await this.deliveries.firsts(events)
    const placed = firsts.map((event) => this.placed(event))
    await this.logViews.execute(placed, isFull(events, MOST))
  }

  private placed({ envelope: { data }, source, offset }: PageView): PlacedView {
    const { browserId } = data
    const [at, kind] = [dateOf(data.occurredAt), kindOf(data)]
    const isCounted = browserId !== null && kind === PERSON
    const view = {
      at,
      page: data.page,
      kind,
      place: isCounted ? this.visitors.placeOf(browserId) : undefined,
      visitor: isCounted ? this.visitors.onDay(browserId, dayOf(at)) : undefined,
      referrer: data.referrerHost ?? undefined,
      country: data.country ?? undefined,
      browser: data.browser ?? undefined,
      os: data.os ?? undefined,
      device: data.device,
      language: data.language ?? undefined,
      agent: data.agentId ?? undefined,
      crawlerOf: data.crawlerOf ?? undefined,
    }
    return { source, offset, view }
  }
}
