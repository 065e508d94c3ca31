import type { NewEvent } from '@mpics/contracts'
import { EventPublisher } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { type ExistingPage, ExistingPages } from './existing-pages.js'
import { PagesNotFoundError } from './page-view.errors.js'
import { type How, PageViews } from './page-view.js'
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
  executeFor(page: ExistingPage, referrer: string | undefined, how: How, request: FastifyRequest): Promise<void> {
    return this.publish([page], [{ referrer }], how, request)
  }

  /** All or none: the error says which pages there are not. */
  async executeAll(views: readonly ShownPage[], how: How, request: FastifyRequest): Promise<void> {
    const paths = views.map(({ page }) => page)
    const found = await this.pages.findAll(paths, request.caller?.member)
    assertFound(found)
    await this.publish(found, views, how, request)
  }

  private async publish(
    pages: readonly ExistingPage[],
    views: readonly Pick<ShownPage, 'referrer'>[],
    how: How,
    request: FastifyRequest,
  ): Promise<void> {
    const facts = await this.facts.of(request)
    const [stated, viewer] = [new PageViews(how, facts), request.caller?.member?.accountId]
    const events: NewEvent[] = []
    for (const [i, page] of pages.entries()) {
      const view = this.facts.ofView(page, views[i]!.referrer, facts)
      if (page.ownerId !== null && page.ownerId === viewer) events.push(...stated.ownView(view))
      else events.push(stated.view(view))
    }
    await this.publisher.publish(events)
  }
}

function assertFound(found: readonly (ExistingPage | undefined)[]): asserts found is readonly ExistingPage[] {
  if (!found.includes(undefined)) return
  throw new PagesNotFoundError(found.flatMap((page, i) => (page ? [] : [i])))
}
