import { Module } from '@nestjs/common'
import { PageDaysModule } from '../page-days/page-days.module.js'
import { PageViewsModule } from '../page-views/page-views.module.js'
import { ToldPagesModule } from '../told-pages/told-pages.module.js'
import { ViewLogModule } from '../view-log/view-log.module.js'
import { PageParts } from './page-parts.js'
import { PageStatsController } from './page-stats.controller.js'
import { TellPage } from './tell-page.js'

@Module({
  imports: [PageDaysModule, PageViewsModule, ToldPagesModule, ViewLogModule],
  controllers: [PageStatsController],
  providers: [PageParts, TellPage],
})
export class PageStatsModule {}
