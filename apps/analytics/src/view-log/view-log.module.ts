import { Module } from '@nestjs/common'
import { HourFilesModule } from '../hour-files/hour-files.module.js'
import { HourStateRepository } from './hour-state.repository.js'
import { LogViews } from './log-views.js'
import { ViewLogRepository } from './view-log.repository.js'

@Module({
  imports: [HourFilesModule],
  providers: [HourStateRepository, LogViews, ViewLogRepository],
  exports: [HourStateRepository, LogViews, ViewLogRepository],
})
export class ViewLogModule {}
