import { Module } from '@nestjs/common'
import { HoursModule } from '../hours/hours.module.js'
import { PageDaysModule } from '../page-days/page-days.module.js'
import { SiteModule } from '../site/site.module.js'
import { ViewLogModule } from '../view-log/view-log.module.js'
import { CountViews } from './count-views.js'
import { ErasePhotoPage } from './erase-photo-page.js'
import { PageViewsRepository } from './page-views.repository.js'
import { ViewsController } from './views.controller.js'

@Module({
  imports: [HoursModule, PageDaysModule, SiteModule, ViewLogModule],
  controllers: [ViewsController],
  providers: [PageViewsRepository, CountViews, ErasePhotoPage],
  exports: [PageViewsRepository, CountViews, ErasePhotoPage],
})
export class PageViewsModule {}
