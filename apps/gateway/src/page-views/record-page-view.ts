import { EventPublisher } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { GatewayConfig } from '../config.js'
import { Clients } from '../clients/clients.js'
import { Countries } from '../clients/countries.js'
import { ExistingPages } from './existing-pages.js'
import { preferredLanguageOf } from './language.js'
import { loadKindOf } from './load-kind.js'
import { type PageViewContext, pageView } from './page-view.js'
import { referrerHostOf } from './referrer-host.js'
import { UserAgents } from './user-agent.js'
import { browserIdOf } from './visitor-cookie.js'

/** Publishes the fact that a page was shown; resolves when Kafka has it, and throws PageNotFoundError for an unknown page. */
@Injectable()
export class RecordPageView {
  private readonly userAgents = new UserAgents()

  constructor(
    private readonly config: GatewayConfig,
    private readonly pages: ExistingPages,
    private readonly clients: Clients,
    private readonly countries: Countries,
    private readonly publisher: EventPublisher,
  ) {}

  async execute(
    path: string,
    referrer: string | undefined,
    how: PageViewContext['how'],
    request: FastifyRequest,
  ): Promise<void> {
    const page = await this.pages.find(path, request.caller?.member)
    const ipPrefix = this.clients.prefixOf(request)
    const { headers } = request
    const view = pageView({
      page,
      how,
      viewerOwnsPage: page.ownerId !== null && page.ownerId === request.caller?.member?.accountId,
      browserId: browserIdOf(headers.cookie),
      ipPrefix,
      country: await this.countries.of(ipPrefix),
      referrerHost: referrerHostOf(referrer, this.config.publicHost),
      userAgent: this.userAgents.factsOf(headers['user-agent']),
      language: preferredLanguageOf(headers['accept-language']),
      loadKind: loadKindOf(headers),
      at: new Date(),
    })
    await this.publisher.publish([view])
  }
}
