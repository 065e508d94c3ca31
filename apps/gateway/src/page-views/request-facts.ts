import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { Clients } from '../clients/clients.js'
import { GatewayConfig } from '../config.js'
import type { ExistingPage } from './existing-pages.js'
import { preferredLanguageOf } from './language.js'
import { loadKindBy } from './load-kind.js'
import type { OneView, ViewFacts } from './page-view.js'
import { referrerHostOf } from './referrer-host.js'
import { UserAgents } from './user-agent.js'
import { ViewRates } from './view-rates.js'
import { VisitorCookies } from './visitor-cookie.js'

/** Reads from a request what a fact may say of it: known words and strict shapes, else null. */
@Injectable()
export class RequestFacts {
  private readonly userAgents = new UserAgents()

  constructor(
    private readonly config: GatewayConfig,
    private readonly clients: Clients,
    private readonly cookies: VisitorCookies,
    private readonly rates: ViewRates,
    private readonly clock: Clock,
  ) {}

  async of(request: FastifyRequest): Promise<ViewFacts> {
    const { headers } = request
    const userAgent = this.userAgents.factsOf(headers['user-agent'])
    return {
      browserId: this.cookies.browserIdOf(headers.cookie),
      ipPrefix: this.clients.prefixOf(request),
      country: await this.clients.countryOf(request),
      userAgent,
      language: preferredLanguageOf(headers['accept-language']),
      loadKind: loadKindBy(userAgent, headers),
      at: this.clock.now(),
    }
  }

  /** What is its own in each view of a request. */
  ofView(page: ExistingPage, referrer: string | undefined, { browserId }: ViewFacts): OneView {
    const referrerHost = referrerHostOf(referrer, this.config.publicHost)
    return { page, referrerHost, tooFast: this.rates.isTooFast(browserId) }
  }
}
