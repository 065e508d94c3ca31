import { EventPublisher } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { ExistingPages } from './existing-pages.js'
import { type How, ownView, pageView } from './page-view.js'
import { RequestFacts } from './request-facts.js'

/** Publishes the fact that a page was shown; resolves when Kafka has it, and throws PageNotFoundError for an unknown page. */
@Injectable()
export class RecordPageView {
  constructor(
    private readonly pages: ExistingPages,
    private readonly facts: RequestFacts,
    private readonly publisher: EventPublisher,
  ) {}

  async execute(path: string, referrer: string | undefined, how: How, request: FastifyRequest): Promise<void> {
    const member = request.caller?.member
    const page = await this.pages.find(path, member)
    const facts = await this.facts.of(request, referrer)
    const isOwner = page.ownerId !== null && page.ownerId === member?.accountId
    await this.publisher.publish(isOwner ? ownView(page, how, facts) : [pageView(page, how, facts)])
  }
}
