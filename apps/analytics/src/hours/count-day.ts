import { Injectable } from '@nestjs/common'
import { everyDimension } from '../counts/dimension.js'
import { MAX_TRACKED, PeriodCount } from '../counts/period-count.js'
import { hoursFrom } from '../view-log/logged-view.js'
import { bytesOf } from './cells.repository.js'
import type { HourCells } from './count-hour.js'
import { HoursRepository } from './hours.repository.js'

/** Adds up the hours of a day (UTC); their sketches merge into the visitors of the day. */
@Injectable()
export class CountDay {
  constructor(private readonly cells: HoursRepository) {}

  async execute(day: Date): Promise<HourCells> {
    const count = new PeriodCount(MAX_TRACKED)
    const sums = { sessions: 0, bounces: 0, seconds: 0 }
    for (const dimension of everyDimension)
      for await (const cell of this.cells.hours.of({ dimension, from: day, to: hoursFrom(day, 24) })) {
        count.addCell(dimension, cell.value, { ...cell, registers: bytesOf(cell.registers) })
        sums.sessions += cell.sessions ?? 0
        sums.bounces += cell.bounces ?? 0
        sums.seconds += cell.seconds ?? 0
      }
    return count.result().map((cell) => (cell.dimension === 'site' ? { ...cell, ...sums } : cell))
  }
}
