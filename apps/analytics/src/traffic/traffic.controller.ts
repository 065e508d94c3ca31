import { analytics, type ApiAnswer, type ApiInput } from '@mpics/contracts'
import { Clock, Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { comparedPeriod, periodOf } from './asked-period.js'
import { CountTraffic, type Question } from './count-traffic.js'
import { conditionsOf } from './filters.js'
import { type Interval, pointsOf, standardInterval } from './series-points.js'
import { ShownPeriod } from './shown-period.js'
import { StoredCounts } from './stored-counts.js'

type Summary = ApiAnswer<typeof analytics.getTrafficSummary>
type Series = ApiAnswer<typeof analytics.getTrafficSeries>

@Controller()
export class TrafficController {
  constructor(
    private readonly counts: CountTraffic,
    private readonly stored: StoredCounts,
    private readonly shown: ShownPeriod,
    private readonly clock: Clock,
  ) {}

  @Endpoint(analytics.getTrafficSummary)
  async summary(@Input() { query }: ApiInput<typeof analytics.getTrafficSummary>): Promise<Summary> {
    const question = this.questionOf(query)
    const { period, filters } = question
    const [totals, comparedWith, shown] = await Promise.all([
      this.totals(question),
      query.compare ? this.totals({ filters, period: comparedPeriod(period, query.compare) }) : null,
      this.shown.of(period),
    ])
    return { period: shown, totals, comparedWith }
  }

  @Endpoint(analytics.getTrafficSeries)
  async series(@Input() { query }: ApiInput<typeof analytics.getTrafficSeries>): Promise<Series> {
    const question = this.questionOf(query)
    const { period, filters } = question
    const interval = query.interval ?? standardInterval(period)
    const compared = query.compare && { filters, period: comparedPeriod(period, query.compare) }
    const [items, comparedWith, shown] = await Promise.all([
      this.points(question, interval),
      compared ? this.points(compared, interval) : null,
      this.shown.of(period),
    ])
    return { period: shown, interval, items, comparedWith }
  }

  private questionOf(query: analytics.TrafficQuery): Question {
    const asked = { period: periodOf(query, this.clock.now()), filters: query }
    return { ...asked, period: this.counts.reached(asked, false) }
  }

  private async totals(question: Question): Promise<Summary['totals']> {
    const counts = await this.counts.total(question)
    if (conditionsOf(question.filters).length > 0)
      return { ...counts, sessions: null, bounces: null, averageSeconds: null }
    const { sessions, bounces, seconds } = await this.stored.sessions(question.period)
    return { ...counts, sessions, bounces, averageSeconds: sessions === 0 ? 0 : Math.round(seconds / sessions) }
  }

  private async points({ period, filters }: Question, interval: Interval): Promise<Series['items']> {
    const points = pointsOf(period, interval)
    const counts = await this.counts.series({ period, filters }, points)
    return points.map((at, i) => ({ at: at.toISOString(), ...counts[i]! }))
  }
}
