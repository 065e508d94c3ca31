import { ServiceKitModule } from '@mpics/service-kit'
import { Module } from '@nestjs/common'
import { AnalyticsConfig } from './config.js'
import { CountPageViews } from './consumers/count-page-views.js'
import { PageDayRepository } from './page-days/page-day.repository.js'
import { CountViews } from './page-views/count-views.js'
import { PageViewsRepository } from './page-views/page-views.repository.js'
import { ViewsController } from './page-views/views.controller.js'
import { SiteTrafficRepository } from './site/site-traffic.repository.js'
import { StatsController } from './stats/stats.controller.js'
import { VisitorHash } from './sketch/visitor-hash.js'

@Module({
  imports: [ServiceKitModule.forRoot(AnalyticsConfig)],
  controllers: [ViewsController, StatsController, CountPageViews],
  providers: [CountViews, PageDayRepository, PageViewsRepository, SiteTrafficRepository, VisitorHash],
})
export class AnalyticsModule {}
