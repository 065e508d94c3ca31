import type { gateway } from '@mpics/contracts'
import type { BatchedEvent } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import { AgentDeliveryRepository } from '../agents/agent-deliveries.repository.js'
import { dateOf } from '../page-days/day.js'
import { VisitorHash } from '../sketch/visitor-hash.js'
import type { View } from '../tallies/tally.js'

type PageView = BatchedEvent<typeof gateway.pageViewRecorded>
type OwnView = BatchedEvent<typeof gateway.ownViewRecorded>

/** Every view that a person caused counts (B18), a repeated one too; crawlers, prefetches and previews do not. */
const counts = ({ envelope: { data } }: PageView) => !data.bot && data.loadKind === 'navigation'

/** What counts of the facts that the gateway recorded, each with its place in the log: the same whenever they are read. */
@Injectable()
export class RecordedViews {
  constructor(
    private readonly visitors: VisitorHash,
    private readonly deliveries: AgentDeliveryRepository,
  ) {}

  async of(events: readonly PageView[]): Promise<View[]> {
    const firsts = await this.deliveries.firsts(events)
    return firsts.filter(counts).map((event) => this.viewOf(event))
  }

  ofOwners(events: readonly OwnView[]): View[] {
    return events.map(ownViewOf)
  }

  private viewOf({ envelope: { data }, source, offset }: PageView): View {
    const place = data.browserId === null ? null : this.visitors.placeOf(data.browserId)
    return { page: data.page, at: dateOf(data.occurredAt), place, source, offset }
  }
}

export const OWN_SOURCE = 'own-'

const ownViewOf = ({ envelope: { data }, source, offset }: OwnView): View => ({
  page: data.page,
  at: new Date(`${data.day}T00:00:00Z`),
  place: null,
  own: true,
  source: `${OWN_SOURCE}${source}`,
  offset,
})
