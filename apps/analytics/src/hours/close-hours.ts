import { EventServer } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import { dayOf } from '../page-days/day.js'
import { type HourState, HourStateRepository } from '../view-log/hour-state.repository.js'
import { hoursFrom } from '../view-log/logged-view.js'
import { CountDay } from './count-day.js'
import { CountHour } from './count-hour.js'
import { KeepClosed } from './keep-closed.js'

const BATCH = 24
/** Some seconds of a busy site: what is under way while views come. */
const MOST_WAITING = 10_000
const LAST_HOUR = 23

/**
 * Makes the counts of past hours final. The last hour of a day closes after all others, and its day with it; an hour that closes
 * late opens it again. Any step may be repeated.
 */
@Injectable()
export class CloseHours {
  constructor(
    private readonly states: HourStateRepository,
    private readonly closed: KeepClosed,
    private readonly countHour: CountHour,
    private readonly countDay: CountDay,
    private readonly events: EventServer,
  ) {}

  /** `mayGoOn` is asked before each. Resolves to how many it closed. */
  async execute(mayGoOn: () => Promise<boolean>): Promise<number> {
    const due = await this.states.due(BATCH)
    if (due.length === 0 || !(await this.isCaughtUp())) return 0
    let closed = 0
    for (const state of due) {
      if (!(await mayGoOn())) break
      await this.close(state)
      closed++
    }
    return closed
  }

  /** An hour is not final while its views may wait; and to count it again and again keeps them waiting. */
  private async isCaughtUp(): Promise<boolean> {
    const waiting = (await this.events.lag()).reduce((sum, { lag }) => sum + lag, 0)
    return waiting < MOST_WAITING
  }

  private async close(state: HourState): Promise<void> {
    const { hour, touches: closing } = state
    await this.closed.hour(hour, await this.countHour.execute(hour), closing)
    const day = new Date(dayOf(hour))
    if (hour.getUTCHours() === LAST_HOUR) await this.closed.day(day, await this.countDay.execute(day), closing)
    else await this.states.touch([hoursFrom(day, LAST_HOUR)])
    await this.states.close(state)
  }
}
