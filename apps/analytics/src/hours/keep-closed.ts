import { Injectable } from '@nestjs/common'
import type { HourCells } from './count-hour.js'
import { HourFactsRepository } from './hour-facts.repository.js'
import { HoursRepository } from './hours.repository.js'

/** Stores the final counts of an hour or a day, and tells of the hour. May be repeated. */
@Injectable()
export class KeepClosed {
  constructor(
    private readonly cells: HoursRepository,
    private readonly facts: HourFactsRepository,
  ) {}

  async hour(hour: Date, counted: HourCells, closing: number): Promise<void> {
    await this.cells.hours.writeClosed(hour, counted, closing)
    await this.facts.tell(hour, counted)
  }

  async day(day: Date, counted: HourCells, closing: number): Promise<void> {
    await this.cells.days.writeClosed(day, counted, closing)
  }
}
