import { analytics, type ApiAnswer, type ApiInput, gateway } from '@mpics/contracts'
import { Clock, Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import type { Dimension } from '../counts/dimension.js'
import { PERSON } from '../view-log/logged-view.js'
import { type AskedPeriod, periodOf } from './asked-period.js'
import { ShownPeriod } from './shown-period.js'
import { Slices } from './slices.js'
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
    private readonly shown: ShownPeriod,
    private readonly clock: Clock,
  ) {}

  @Endpoint(analytics.getTrafficBots)
  async bots(
    @Input() { query }: ApiInput<typeof analytics.getTrafficBots>,
  ): Promise<ApiAnswer<typeof analytics.getTrafficBots>> {
    const asked = periodOf(query, this.clock.now())
    const [kinds, companies, period] = await Promise.all([
      this.by(asked, 'kind'),
      this.by(asked, 'crawler'),
      this.shown.of(asked),
    ])
    return {
      period,
      items: kinds.map(({ value, views }) => ({
        kind: value,
        reason: Object.hasOwn(reasons, value) ? reasons[value]! : 'a reason that a later version gave',
        views,
      })),
      companies: companies.map(({ value, views }) => ({ company: value, views })),
    }
  }

  private async by(period: AskedPeriod, dimension: Dimension) {
    const slices = new Slices('')
    await this.stored.add(slices, { period, dimension }, ({ value }) => value)
    return slices.mostViewed(MAX_KINDS)
  }
}
