import { analytics, type ApiAnswer, type ApiInput, gateway } from '@mpics/contracts'
import { Clock, Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { PERSON } from '../view-log/logged-view.js'
import { periodOf } from './asked-period.js'
import { shownPeriod } from './shown-period.js'
import { StoredCounts } from './stored-counts.js'

const MAX_KINDS = 80

const reasons: Readonly<Record<string, string>> = {
  ...gateway.loadKinds.known,
  ...gateway.botReasons.known,
  [PERSON]: 'a person opened the page',
}

@Controller()
export class BotsController {
  constructor(
    private readonly stored: StoredCounts,
    private readonly clock: Clock,
  ) {}

  @Endpoint(analytics.getTrafficBots)
  async bots(
    @Input() { query }: ApiInput<typeof analytics.getTrafficBots>,
  ): Promise<ApiAnswer<typeof analytics.getTrafficBots>> {
    const asked = { period: periodOf(query, this.clock.now()), reach: await this.stored.reach() }
    const [kinds, companies] = await Promise.all([
      this.stored.mostViewed(asked, 'kind', MAX_KINDS),
      this.stored.mostViewed(asked, 'crawler', MAX_KINDS),
    ])
    return {
      period: shownPeriod(asked.period, asked.reach),
      items: kinds.map(({ value, views }) => ({
        kind: value,
        reason: Object.hasOwn(reasons, value) ? reasons[value]! : 'a reason that a later version gave',
        views,
      })),
      companies: companies.map(({ value, views }) => ({ company: value, views })),
    }
  }
}
