import { Module } from '@nestjs/common'
import { HourFilesModule } from '../hour-files/hour-files.module.js'
import { SpansModule } from '../spans/spans.module.js'
import { ViewLogModule } from '../view-log/view-log.module.js'
import { AddZonedDays } from './add-zoned-days.js'
import { CloseHour } from './close-hour.js'
import { CloseHours } from './close-hours.js'
import { CountDay } from './count-day.js'
import { CountHour } from './count-hour.js'
import { CountOpenHours } from './count-open-hours.js'
import { HourFactsRepository } from './hour-facts.repository.js'
import { HoursProjection } from './hours.projection.js'
import { HoursRepository } from './hours.repository.js'
import { KeepClosed } from './keep-closed.js'
import { KeepHours } from './keep-hours.js'

@Module({
  imports: [HourFilesModule, SpansModule, ViewLogModule],
  providers: [
    AddZonedDays,
    CloseHour,
    CloseHours,
    CountDay,
    CountHour,
    CountOpenHours,
    HourFactsRepository,
    HoursProjection,
    HoursRepository,
    KeepClosed,
    KeepHours,
  ],
  exports: [CountHour, HourFactsRepository, HoursRepository, KeepHours],
})
export class HoursModule {}
