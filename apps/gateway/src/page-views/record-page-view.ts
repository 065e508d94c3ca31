import { EventPublisher } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { type ExistingPage, ExistingPages } from './existing-pages.js'
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
    await this.executeFor(await this.pages.find(path, request.caller?.member), referrer, how, request)
  }

  /** For a page that this request has found. */
  async executeFor(page: ExistingPage, referrer: string | undefined, how: How, request: FastifyRequest): Promise<void> {
    const facts = await this.facts.of(request, referrer)
    const isOwner = page.ownerId !== null && page.ownerId === request.caller?.member?.accountId
    await this.publisher.publish(isOwner ? ownView(page, how, facts) : [pageView(page, how, facts)])
  }
}
