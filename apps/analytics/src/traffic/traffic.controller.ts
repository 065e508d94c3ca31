import { analytics, type ApiAnswer, type ApiInput } from '@mpics/contracts'
import { Clock, Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { comparedPeriod, periodOf } from './asked-period.js'
import { CountTraffic, type Question } from './count-traffic.js'
import { conditionsOf } from './filters.js'
import { momentText } from './moment-text.js'
import { type Interval, pointsOf, standardInterval } from './series-points.js'
import { shownPeriod } from './shown-period.js'
import { StoredCounts } from './stored-counts.js'

type Summary = ApiAnswer<typeof analytics.getTrafficSummary>
type Series = ApiAnswer<typeof analytics.getTrafficSeries>

@Controller()
export class TrafficController {
  constructor(
    private readonly counts: CountTraffic,
    private readonly stored: StoredCounts,
    private readonly clock: Clock,
  ) {}

  @Endpoint(analytics.getTrafficSummary)
  async summary(@Input() { query }: ApiInput<typeof analytics.getTrafficSummary>): Promise<Summary> {
    const question = await this.questionOf(query)
    const { period, reach } = question
    const compared = this.comparedWith(question, query.compare)
    const [totals, comparedWith] = await Promise.all([this.totals(question), compared ? this.totals(compared) : null])
    return { period: shownPeriod(period, reach), totals, comparedWith }
  }

  @Endpoint(analytics.getTrafficSeries)
  async series(@Input() { query }: ApiInput<typeof analytics.getTrafficSeries>): Promise<Series> {
    const question = await this.questionOf(query)
    const { period, reach } = question
    const interval = query.interval ?? standardInterval(period)
    const compared = this.comparedWith(question, query.compare)
    const [items, comparedWith] = await Promise.all([
      this.points(question, interval),
      compared ? this.points(compared, interval) : null,
    ])
    return { period: shownPeriod(period, reach), interval, items, comparedWith }
  }

  private async questionOf(query: analytics.TrafficQuery): Promise<Question> {
    const asked = { period: periodOf(query, this.clock.now()), filters: query }
    return { ...asked, period: this.counts.reached(asked, false), reach: await this.stored.reach() }
  }

  private comparedWith(question: Question, compare: 'previous' | 'year' | undefined): Question | null {
    const compared = compare && { ...question, period: comparedPeriod(question.period, compare) }
    return compared && this.counts.reaches(compared) ? compared : null
  }

  private async totals(question: Question): Promise<Summary['totals']> {
    const counts = await this.counts.total(question)
    if (conditionsOf(question.filters).length > 0)
      return { ...counts, sessions: null, bounces: null, averageSeconds: null }
    const { sessions, bounces, seconds } = await this.stored.sessions(question)
    return { ...counts, sessions, bounces, averageSeconds: sessions === 0 ? 0 : Math.round(seconds / sessions) }
  }

  private async points(question: Question, interval: Interval): Promise<Series['items']> {
    const points = pointsOf(question.period, interval)
    const counts = await this.counts.series(question, points)
    return points.map((at, i) => {
      const { views, repeats, visitors } = counts[i]!
      return { at: momentText(at), views, repeats, visitors }
    })
  }
}
