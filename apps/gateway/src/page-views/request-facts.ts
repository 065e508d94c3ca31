import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { Clients } from '../clients/clients.js'
import { GatewayConfig } from '../config.js'
import { preferredLanguageOf } from './language.js'
import { loadKindBy } from './load-kind.js'
import type { ViewFacts } from './page-view.js'
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

  /** Of each view that the request tells of; they differ by referrer alone. */
  async of(request: FastifyRequest, referrers: readonly (string | undefined)[]): Promise<ViewFacts[]> {
    const { headers } = request
    const { publicHost } = this.config
    const browserId = this.cookies.browserIdOf(headers.cookie)
    const userAgent = this.userAgents.factsOf(headers['user-agent'])
    const shared = {
      browserId,
      ipPrefix: this.clients.prefixOf(request),
      country: await this.clients.countryOf(request),
      userAgent,
      language: preferredLanguageOf(headers['accept-language']),
      loadKind: loadKindBy(userAgent, headers),
      at: this.clock.now(),
    }
    return referrers.map((referrer) => ({
      ...shared,
      referrerHost: referrerHostOf(referrer, publicHost),
      tooFast: this.rates.isTooFast(browserId),
    }))
  }
}
