import { EventPublisher } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { type ExistingPage, ExistingPages } from './existing-pages.js'
import { PagesNotFoundError } from './page-view.errors.js'
import { type How, ownView, pageView, type ViewFacts } from './page-view.js'
import { RequestFacts } from './request-facts.js'

/** A page as its reader names it. */
export interface ShownPage {
  readonly page: string
  readonly referrer?: string | undefined
}

/** Publishes the fact that a page was shown; resolves when Kafka has it, and throws PageNotFoundError for an unknown page. */
@Injectable()
export class RecordPageView {
  constructor(
    private readonly pages: ExistingPages,
    private readonly facts: RequestFacts,
    private readonly publisher: EventPublisher,
  ) {}

  async execute({ page, referrer }: ShownPage, how: How, request: FastifyRequest): Promise<void> {
    await this.executeFor(await this.pages.find(page, request.caller?.member), referrer, how, request)
  }

  /** For a page that this request has found. */
  async executeFor(page: ExistingPage, referrer: string | undefined, how: How, request: FastifyRequest): Promise<void> {
    await this.publish([page], await this.facts.of(request, [referrer]), how, request)
  }

  /** All or none: the error says which pages there are not. */
  async executeAll(views: readonly ShownPage[], how: How, request: FastifyRequest): Promise<void> {
    const paths = views.map(({ page }) => page)
    const found = await this.pages.findAll(paths, request.caller?.member)
    const missing = found.flatMap((page, i) => (page ? [] : [i]))
    if (missing.length > 0) throw new PagesNotFoundError(missing)
    const referrers = views.map(({ referrer }) => referrer)
    await this.publish(found as ExistingPage[], await this.facts.of(request, referrers), how, request)
  }

  private async publish(
    pages: readonly ExistingPage[],
    facts: readonly ViewFacts[],
    how: How,
    { caller }: FastifyRequest,
  ): Promise<void> {
    const isOwner = ({ ownerId }: ExistingPage) => ownerId !== null && ownerId === caller?.member?.accountId
    await this.publisher.publish(
      pages.flatMap((page, i) => (isOwner(page) ? ownView(page, how, facts[i]!) : [pageView(page, how, facts[i]!)])),
    )
  }
}
