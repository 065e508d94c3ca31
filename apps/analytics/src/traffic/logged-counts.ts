import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { Repeats } from '../counts/repeats.js'
import { hourOf, hoursFrom, type LoggedView } from '../view-log/logged-view.js'
import { LOG_DAYS, type Stretch, ViewLogRepository } from '../view-log/view-log.repository.js'
import type { AskedPeriod } from './asked-period.js'
import { type Filters, matcherOf } from './filters.js'
import type { Slices } from './slices.js'
import { TooManyViewsError } from './traffic.errors.js'

const MAX_VIEWS = 1_000_000

/** Counts single views, for filters that combine. It reaches back as far as the log does. */
@Injectable()
export class LoggedCounts {
  constructor(
    private readonly log: ViewLogRepository,
    private readonly clock: Clock,
  ) {}

  /** The first hour of which the log holds every view. */
  reachesBackTo(): Date {
    return hoursFrom(hourOf(this.clock.now()), 1 - LOG_DAYS * 24)
  }

  /** A view that `keyOf` has no name for is left out. */
  async add(
    slices: Slices,
    { period, filters }: { period: AskedPeriod; filters: Filters },
    keyOf: (view: LoggedView) => string | null | undefined,
  ): Promise<void> {
    const [matches, repeats] = [matcherOf(filters), new Repeats()]
    let seen = 0
    for await (const { views } of this.stretches(period, filters)) {
      if ((seen += views.length) > MAX_VIEWS) throw new TooManyViewsError(MAX_VIEWS)
      for (const view of views) {
        if (view.at < period.from || view.at >= period.to || !matches(view)) continue
        const [key, isRepeat] = [keyOf(view), repeats.isRepeat(view)]
        if (key === null || key === undefined) continue
        const slice = slices.at(key)
        slice.views++
        if (isRepeat) slice.repeats++
        if (view.place !== undefined && view.place !== null) slice.visitors.add(view.place)
      }
    }
  }

  private stretches({ from, to }: AskedPeriod, { page }: Filters): AsyncIterable<Stretch> {
    if (page !== undefined) return this.log.ofPage(page, from, to)
    const hours: Date[] = []
    for (let hour = from; hour < to; hour = hoursFrom(hour, 1)) hours.push(hour)
    return this.log.during(hours)
  }
}
