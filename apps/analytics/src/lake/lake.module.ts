import { Module } from '@nestjs/common'
import { HourFilesModule } from '../hour-files/hour-files.module.js'
import { HoursModule } from '../hours/hours.module.js'
import { ViewLogModule } from '../view-log/view-log.module.js'
import { CompareLake } from './compare-lake.js'
import { HourTableRows } from './hour-table-rows.js'
import { KeepLake } from './keep-lake.js'
import { LakeData } from './lake-data.js'
import { LakeMetrics } from './lake-metrics.js'
import { LakeStore } from './lake-store.js'
import { LoggedViews } from './logged-views.js'
import { WriteDueFiles } from './write-due-files.js'
import { WriteHourFile } from './write-hour-file.js'

@Module({
  imports: [HourFilesModule, HoursModule, ViewLogModule],
  providers: [
    CompareLake,
    HourTableRows,
    KeepLake,
    LakeData,
    LakeMetrics,
    LakeStore,
    LoggedViews,
    WriteDueFiles,
    WriteHourFile,
  ],
})
export class LakeModule {}
