import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { WHOLE_SITE } from '../counts/dimension.js'
import { HoursRepository } from '../hours/hours.repository.js'
import { dayOf } from '../page-days/day.js'
import { OWN_SOURCE } from '../page-views/recorded-views.js'
import { SiteTrafficRepository } from '../site/site-traffic.repository.js'
import { HourStateRepository } from '../view-log/hour-state.repository.js'
import { hoursFrom } from '../view-log/logged-view.js'
import { ViewLogRepository } from '../view-log/view-log.repository.js'
import type { Comparison } from './comparison.js'
import { lookAgain } from './look-again.js'

const DAY_HOURS = 24
const NOTHING: Comparison = { compared: 0, different: 0 }

/** The views of the last closed day as the topic was counted, beside those of its hours, which the log was counted to. */
@Injectable()
export class CompareDays {
  constructor(
    private readonly states: HourStateRepository,
    private readonly cells: HoursRepository,
    private readonly site: SiteTrafficRepository,
    private readonly log: ViewLogRepository,
    private readonly clock: Clock,
  ) {}

  /** A late view is counted from the topic and put into the log one after the other. */
  execute(): Promise<Comparison> {
    return lookAgain(
      () => this.once(),
      ({ different }) => different === 0,
    )
  }

  private async once(): Promise<Comparison> {
    const end = await this.closedEnd()
    const day = hoursFrom(end, -DAY_HOURS)
    const begin = await this.log.begin()
    if (begin === null || begin >= day) return NOTHING
    const [fromTopic, fromLog] = await Promise.all([this.fromTopic(dayOf(day)), this.fromLog(day, end)])
    // one that was opened meanwhile says nothing
    if ((await this.closedEnd()) < end) return NOTHING
    return { compared: 1, different: fromTopic === fromLog ? 0 : 1 }
  }

  private async closedEnd(): Promise<Date> {
    return new Date(dayOf(await this.states.closedUntil(this.clock.now())))
  }

  /** Owners' own views are in no hour. */
  private async fromTopic(day: string): Promise<number> {
    const shares = await this.site.stored(day)
    return shares
      .filter(({ labels }) => labels.period === day && !labels.source.startsWith(OWN_SOURCE))
      .reduce((sum, { tally }) => sum + tally.total, 0)
  }

  private async fromLog(from: Date, to: Date): Promise<number> {
    let sum = 0
    const asked = { dimension: 'site', values: [WHOLE_SITE], from, to } as const
    for await (const { views } of this.cells.hours.of(asked)) sum += views
    return sum
  }
}
