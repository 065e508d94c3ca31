import { analytics } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { firstOpenDay } from '../page-days/day.js'
import { CommunityDaysRepository } from './community-days.repository.js'
import { daysFrom, type Metric } from './community-fact.js'
import { firstNeeded, tellMetric, untoldMetric } from './told-metric.js'
import { ToldMetricsRepository } from './told-metrics.repository.js'

const metrics = Object.keys(analytics.communityMetrics.known) as Metric[]

/** Tells analysts of the days that have closed. May be repeated. */
@Injectable()
export class TellDays {
  constructor(
    private readonly days: CommunityDaysRepository,
    private readonly told: ToldMetricsRepository,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<void> {
    const begin = await this.days.first()
    if (begin === undefined) return
    const until = firstOpenDay(this.clock.now())
    const known = new Map((await this.told.find(metrics)).map((metric) => [metric.id, metric]))
    const states = metrics.map((id) => known.get(id) ?? untoldMetric(id, until, begin))
    const first = states.map(firstNeeded).reduce((least, day) => (day < least ? day : least))
    const days = await this.days.between(first, daysFrom(until, -1))
    const countsOf = (id: Metric) => days.map(({ _id, counts }) => ({ day: _id, count: counts[id] ?? 0 }))
    await this.told.save(
      states.map((state) => ({
        current: known.get(state.id) ?? null,
        decision: tellMetric(state, { begin, until, days: countsOf(state.id).filter(({ count }) => count > 0) }),
      })),
    )
  }
}
