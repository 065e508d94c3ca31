import { TransactionsModule } from '@mpics/service-kit'
import { Module } from '@nestjs/common'
import { AgentsModule } from '../agents/agents.module.js'
import { HoursModule } from '../hours/hours.module.js'
import { PageDaysModule } from '../page-days/page-days.module.js'
import { SiteModule } from '../site/site.module.js'
import { SketchModule } from '../sketch/sketch.module.js'
import { ToldPagesModule } from '../told-pages/told-pages.module.js'
import { ViewLogModule } from '../view-log/view-log.module.js'
import { CountViews } from './count-views.js'
import { ErasePhotoPage } from './erase-photo-page.js'
import { PageTraces } from './page-traces.js'
import { PageViewsRepository } from './page-views.repository.js'
import { RecordedViews } from './recorded-views.js'
import { ViewsController } from './views.controller.js'

@Module({
  imports: [
    ...[AgentsModule, HoursModule, PageDaysModule, SiteModule, SketchModule, ToldPagesModule],
    ...[TransactionsModule, ViewLogModule],
  ],
  controllers: [ViewsController],
  providers: [PageViewsRepository, CountViews, ErasePhotoPage, PageTraces, RecordedViews],
  exports: [PageViewsRepository, CountViews, ErasePhotoPage, RecordedViews],
})
export class PageViewsModule {}
