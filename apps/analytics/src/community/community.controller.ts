import { analytics, type ApiAnswer, type ApiInput } from '@mpics/contracts'
import { Clock, Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { firstOpenDay } from '../page-days/day.js'
import { type AskedDays, comparedDays, daysAsked, type Interval, pointOf, pointsIn } from './asked-days.js'
import { type CommunityDay, CommunityDaysRepository } from './community-days.repository.js'
import type { Metric } from './community-fact.js'

type Answer = ApiAnswer<typeof analytics.getTrafficCommunity>
type Counts = Answer['totals']

/** The names of metrics, as the API writes names. */
const names: Readonly<Record<Metric, keyof Counts>> = {
  registrations: 'registrations',
  verifications: 'verifications',
  erasures: 'erasures',
  follows: 'follows',
  unfollows: 'unfollows',
  uploads: 'uploads',
  removals: 'removals',
  'consents-granted': 'consentsGranted',
  'consents-withdrawn': 'consentsWithdrawn',
}

@Controller()
export class CommunityController {
  constructor(
    private readonly days: CommunityDaysRepository,
    private readonly clock: Clock,
  ) {}

  /** Exact numbers, for those who may read single views, too (ADR 72). */
  @Endpoint(analytics.getTrafficCommunity)
  async community(@Input() { query }: ApiInput<typeof analytics.getTrafficCommunity>): Promise<Answer> {
    const { interval, compare } = query
    const now = this.clock.now()
    const asked = daysAsked(query, now)
    const [items, comparedWith] = await Promise.all([
      this.points(asked, interval),
      compare ? this.points(comparedDays(asked, compare), interval) : null,
    ])
    const totals = items.reduce((sums, { day: _, ...counts }) => sumOf(sums, counts), none)
    return { period: { ...asked, closedUntil: firstOpenDay(now) }, totals, items, comparedWith }
  }

  private async points(asked: AskedDays, interval: Interval): Promise<Answer['items']> {
    const points = pointsIn(asked, interval)
    const byPoint = Map.groupBy(await this.days.between(asked.from, asked.to), ({ _id }) =>
      pointOf(_id, interval, asked),
    )
    return points.map((day) => ({ day, ...(byPoint.get(day) ?? []).map(countsOf).reduce(sumOf, none) }))
  }
}

const countsOf = ({ counts }: CommunityDay): Counts =>
  Object.fromEntries(Object.entries(names).map(([metric, name]) => [name, counts[metric] ?? 0])) as unknown as Counts

const none = countsOf({ counts: {} } as CommunityDay)

const sumOf = (a: Counts, b: Counts): Counts =>
  Object.fromEntries(Object.values(names).map((name) => [name, a[name] + b[name]])) as unknown as Counts
