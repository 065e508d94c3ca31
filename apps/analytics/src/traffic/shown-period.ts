import { analytics } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { HourStateRepository } from '../view-log/hour-state.repository.js'
import type { AskedPeriod } from './asked-period.js'

/** Says what an answer is about, and until when it is final. */
@Injectable()
export class ShownPeriod {
  constructor(
    private readonly states: HourStateRepository,
    private readonly clock: Clock,
  ) {}

  async of({ from, to }: AskedPeriod) {
    const closed = await this.states.closedUntil(this.clock.now())
    const until = closed < from ? from : closed < to ? closed : to
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      closedUntil: until.toISOString(),
      rules: analytics.countingRules.page,
    }
  }
}
