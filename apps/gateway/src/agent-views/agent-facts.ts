import { Injectable } from '@nestjs/common'
import { Countries } from '../clients/countries.js'
import { ipPrefix } from '../clients/ip-prefix.js'
import { GatewayConfig } from '../config.js'
import { preferredLanguageOf } from '../page-views/language.js'
import { loadKindBy } from '../page-views/load-kind.js'
import type { OneView, ViewFacts } from '../page-views/page-view.js'
import { referrerHostOf } from '../page-views/referrer-host.js'
import { UserAgents } from '../page-views/user-agent.js'
import { addressIn, type AgentView, purposeIn } from './agent-view.js'

/** Cuts what an agent says of a view as what a request says of itself. Agents know no browser. */
@Injectable()
export class AgentFacts {
  private readonly userAgents = new UserAgents()

  constructor(
    private readonly countries: Countries,
    private readonly config: GatewayConfig,
  ) {}

  async of(view: AgentView): Promise<ViewFacts> {
    const { language, occurredAt } = view
    const userAgent = this.userAgents.factsOf(view.userAgent)
    const prefix = ipPrefix(addressIn(view))
    return {
      browserId: null,
      ipPrefix: prefix,
      country: await this.countries.of(prefix),
      userAgent,
      language: preferredLanguageOf(language),
      loadKind: loadKindBy(userAgent, purposeIn(view)),
      at: new Date(occurredAt),
    }
  }

  ofView({ referrer }: AgentView): Omit<OneView, 'page'> {
    return { referrerHost: referrerHostOf(referrer, this.config.publicHost), tooFast: false }
  }
}
