import { Injectable } from '@nestjs/common'
import { HourFilesRepository } from '../hour-files/hour-files.repository.js'
import { WrittenDaysRepository } from '../spans/written-days.repository.js'
import { AddZonedDays } from './add-zoned-days.js'
import type { HourCells } from './count-hour.js'
import { HourFactsRepository } from './hour-facts.repository.js'
import { HoursRepository } from './hours.repository.js'

/** Stores the final counts of an hour or a day, tells of the hour, and then notes that its files lag behind. May be repeated. */
@Injectable()
export class KeepClosed {
  constructor(
    private readonly cells: HoursRepository,
    private readonly facts: HourFactsRepository,
    private readonly files: HourFilesRepository,
    private readonly written: WrittenDaysRepository,
    private readonly zoned: AddZonedDays,
  ) {}

  async hour(hour: Date, counted: HourCells, closing: number): Promise<void> {
    await this.cells.hours.writeClosed(hour, counted, closing)
    await this.written.note(hour)
    await this.facts.tell(hour, counted, () => this.cells.hours.isNewest(hour, closing))
    await this.files.noteClosed(hour)
  }

  async day(day: Date, counted: HourCells, closing: number): Promise<void> {
    await this.cells.days.writeClosed(day, counted, closing)
    await this.written.note(day)
    await this.zoned.execute(day)
  }
}
