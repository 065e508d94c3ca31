import type { NewEvent } from '@mpics/contracts'
import { EventPublisher } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { ExistingPage } from '../page-views/existing-pages.js'
import { PageViews } from '../page-views/page-view.js'
import { type AgentView, deliveryId, isInTime, mayBePage } from './agent-view.js'
import { AgentFacts } from './agent-facts.js'
import { CheckAgent } from './check-agent.js'
import { PagesForVisitors } from './pages-for-visitors.js'

export interface Batch {
  readonly agentId: string
  readonly batchId: string
  readonly views: readonly AgentView[]
  readonly authorization: string | undefined
}

interface Taken {
  accepted: number
  refused: { index: number; code: string }[]
}

const PIECE = 100

/** Publishes a batch by pieces, each under a credential that is good at that moment. Sent again, it makes the same facts. */
@Injectable()
export class TakeAgentViews {
  constructor(
    private readonly check: CheckAgent,
    private readonly pages: PagesForVisitors,
    private readonly facts: AgentFacts,
    private readonly publisher: EventPublisher,
    private readonly clock: Clock,
  ) {}

  async execute(batch: Batch): Promise<Taken> {
    await this.check.execute(batch.agentId, batch.authorization)
    const taken: Taken = { accepted: 0, refused: [] }
    for (let begin = 0; begin < batch.views.length; begin += PIECE) {
      const asked = batch.views.slice(begin, begin + PIECE).filter(mayBePage)
      const pages = await this.pages.of(asked.map(({ page }) => page))
      await this.check.execute(batch.agentId, batch.authorization)
      await this.take(batch, begin, pages, taken)
    }
    return taken
  }

  private async take(
    { agentId, batchId, views }: Batch,
    begin: number,
    pages: ReadonlyMap<string, ExistingPage>,
    taken: Taken,
  ): Promise<void> {
    const events = []
    for (const [i, view] of views.slice(begin, begin + PIECE).entries()) {
      const [index, page] = [begin + i, pages.get(view.page)]
      if (!isInTime(view, this.clock.now())) taken.refused.push({ index, code: 'out-of-range' })
      else if (!page) taken.refused.push({ index, code: 'page-not-found' })
      else
        events.push({
          ...(await this.stated(page, view, agentId)),
          id: deliveryId(agentId, batchId, index),
        })
    }
    if (events.length > 0) await this.publisher.publish(events)
    taken.accepted += events.length
  }

  private async stated(page: ExistingPage, view: AgentView, agentId: string): Promise<NewEvent> {
    const facts = await this.facts.of(view)
    return new PageViews('served', facts, agentId).view({ page, ...this.facts.ofView(view) })
  }
}
