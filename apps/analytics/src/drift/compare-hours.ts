import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { everyDimension, OF_PAGES } from '../counts/dimension.js'
import { sumsOf } from '../hours/cells.repository.js'
import { CountHour } from '../hours/count-hour.js'
import { HoursRepository } from '../hours/hours.repository.js'
import { type HourState, HourStateRepository, isHeldSince } from '../view-log/hour-state.repository.js'
import { hourOf, hoursFrom } from '../view-log/logged-view.js'
import { LOG_DAYS, ViewLogRepository } from '../view-log/view-log.repository.js'
import type { Comparison } from './comparison.js'

const SAMPLE = 3
const HELD_HOURS = (LOG_DAYS - 1) * 24
/** Where one of more than a thousand pages is erased, only a count from the log names the next one. */
const COMPARED = everyDimension.filter((dimension) => !OF_PAGES.includes(dimension))

/** Closed hours beside the log. */
@Injectable()
export class CompareHours {
  constructor(
    private readonly states: HourStateRepository,
    private readonly cells: HoursRepository,
    private readonly countHour: CountHour,
    private readonly log: ViewLogRepository,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<Comparison> {
    const from = hoursFrom(hourOf(this.clock.now()), -HELD_HOURS)
    const begin = await this.log.begin()
    const ends: boolean[] = []
    const some = begin ? await this.states.someClosed(from, begin, SAMPLE) : []
    for (const state of some.filter((each) => isHeldSince(begin, each))) {
      const isSame = await this.isAsCounted(state)
      // one that was opened meanwhile says nothing
      if (await this.states.isStill(state)) ends.push(isSame)
    }
    return { compared: ends.length, different: ends.filter((isSame) => !isSame).length }
  }

  private async isAsCounted({ hour }: HourState): Promise<boolean> {
    const counted = (await this.countHour.execute(hour)).filter(({ dimension }) => COMPARED.includes(dimension))
    const stored = await this.cells.hours.sums([hour], COMPARED)
    return stored.get(hour.getTime()) === (counted.length === 0 ? undefined : sumsOf(counted))
  }
}
