import { Module } from '@nestjs/common'
import { HoursModule } from '../hours/hours.module.js'
import { PageDaysModule } from '../page-days/page-days.module.js'
import { PageViewsModule } from '../page-views/page-views.module.js'
import { SiteModule } from '../site/site.module.js'
import { ViewLogModule } from '../view-log/view-log.module.js'
import { CompareDays } from './compare-days.js'
import { CompareHours } from './compare-hours.js'
import { ComparePages } from './compare-pages.js'
import { DriftMetrics, WatchDrift } from './watch-drift.js'

@Module({
  imports: [HoursModule, PageDaysModule, PageViewsModule, SiteModule, ViewLogModule],
  providers: [CompareDays, CompareHours, ComparePages, DriftMetrics, WatchDrift],
})
export class DriftModule {}
