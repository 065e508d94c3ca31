import { Module } from '@nestjs/common'
import { HourStateRepository } from './hour-state.repository.js'
import { LogViews } from './log-views.js'
import { ViewLogRepository } from './view-log.repository.js'

@Module({
  providers: [HourStateRepository, LogViews, ViewLogRepository],
  exports: [HourStateRepository, LogViews, ViewLogRepository],
})
export class ViewLogModule {}
