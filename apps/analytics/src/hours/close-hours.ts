import { EventServer } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import { HourStateRepository } from '../view-log/hour-state.repository.js'
import { CloseHour } from './close-hour.js'

const BATCH = 24
/** Some seconds of a busy site: what is under way while views come. */
const MAX_WAITING = 10_000

/** Closes past hours, the oldest first. */
@Injectable()
export class CloseHours {
  constructor(
    private readonly states: HourStateRepository,
    private readonly closing: CloseHour,
    private readonly events: EventServer,
  ) {}

  /** `mayGoOn` is asked before each. Resolves to how many it closed. */
  async execute(mayGoOn: () => Promise<boolean>): Promise<number> {
    const due = await this.states.due(BATCH)
    if (due.length === 0 || !(await this.isCaughtUp())) return 0
    let closed = 0
    for (const state of due) {
      if (!(await mayGoOn())) break
      await this.closing.execute(state)
      closed++
    }
    return closed
  }

  /** An hour is not final while its views may wait; and to count it again and again keeps them waiting. */
  private async isCaughtUp(): Promise<boolean> {
    const waiting = (await this.events.lag()).reduce((sum, { lag }) => sum + lag, 0)
    return waiting < MAX_WAITING
  }
}
