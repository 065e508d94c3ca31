import { analytics, type ApiAnswer, type ApiInput } from '@mpics/contracts'
import { Clock, Endpoint, Input, InputInvalidError } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { periodOf } from './asked-period.js'
import { CountTraffic, type ListedDimension } from './count-traffic.js'
import { conditionsOf } from './filters.js'
import { shownPeriod } from './shown-period.js'
import { StoredCounts } from './stored-counts.js'

type List = ApiAnswer<typeof analytics.getTrafficPages>
type ListQuery = analytics.TrafficQuery & { limit: number }

const ofPages = { views: 'page', entries: 'entry', exits: 'exit' } as const

@Controller()
export class TrafficListsController {
  constructor(
    private readonly counts: CountTraffic,
    private readonly stored: StoredCounts,
    private readonly clock: Clock,
  ) {}

  @Endpoint(analytics.getTrafficPages)
  pages(@Input() { query }: ApiInput<typeof analytics.getTrafficPages>): Promise<List> {
    if (query.by !== 'views' && conditionsOf(query).length > 0) throw new InputInvalidError([notFiltered])
    return this.list(query, ofPages[query.by])
  }

  @Endpoint(analytics.getTrafficReferrers)
  referrers(@Input() { query }: ApiInput<typeof analytics.getTrafficReferrers>): Promise<List> {
    return this.list(query, 'referrer')
  }

  @Endpoint(analytics.getTrafficCountries)
  countries(@Input() { query }: ApiInput<typeof analytics.getTrafficCountries>): Promise<List> {
    return this.list(query, 'country')
  }

  @Endpoint(analytics.getTrafficBrowsers)
  browsers(@Input() { query }: ApiInput<typeof analytics.getTrafficBrowsers>): Promise<List> {
    return this.list(query, query.by)
  }

  private async list(query: ListQuery, dimension: ListedDimension): Promise<List> {
    const asked = { period: periodOf(query, this.clock.now()), filters: query }
    const question = { ...asked, period: this.counts.reached(asked, true), reach: await this.stored.reach() }
    const items = await this.counts.list(question, dimension, query.limit)
    return { period: shownPeriod(question.period, question.reach), items }
  }
}

const notFiltered = {
  path: 'by',
  code: 'not-allowed',
  message: 'Pages on which sessions begin or end are counted without filters.',
}
