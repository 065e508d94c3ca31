import { Injectable, Logger } from '@nestjs/common'
import { dayOf } from '../page-days/day.js'
import { type HourState, HourStateRepository, isHeldSince } from '../view-log/hour-state.repository.js'
import { hoursFrom } from '../view-log/logged-view.js'
import { ViewLogRepository } from '../view-log/view-log.repository.js'
import { CountDay } from './count-day.js'
import { CountHour } from './count-hour.js'
import { KeepClosed } from './keep-closed.js'

const LAST_HOUR = 23

/**
 * Makes the counts of an hour final. The last hour of a day closes after all others, and its day with it; an hour that closes late opens
 * it again. Any step may be repeated. An hour that was closed keeps its counts where the log has lost some of its views: views that
 * come so late are in totals alone.
 */
@Injectable()
export class CloseHour {
  private readonly logger = new Logger('CloseHour')

  constructor(
    private readonly states: HourStateRepository,
    private readonly closed: KeepClosed,
    private readonly countHour: CountHour,
    private readonly countDay: CountDay,
    private readonly log: ViewLogRepository,
  ) {}

  async execute(state: HourState): Promise<void> {
    const { hour, touches: closing } = state
    const isCounted = await this.mayCount(state)
    if (isCounted) await this.closed.hour(hour, await this.countHour.execute(hour), closing)
    const day = new Date(dayOf(hour))
    if (hour.getUTCHours() === LAST_HOUR) await this.closed.day(day, await this.countDay.execute(day), closing)
    else if (isCounted) await this.states.touch([hoursFrom(day, LAST_HOUR)])
    await (isCounted ? this.states.close(state) : this.states.leave(state))
  }

  private async mayCount(state: HourState): Promise<boolean> {
    if (state.closedAt === null || isHeldSince(await this.log.begin(), state)) return true
    this.logger.warn({ hour: state.hour }, 'views came after the log of their hour was gone: its counts stay')
    return false
  }
}
