import { Module } from '@nestjs/common'
import { PageDaysModule } from '../page-days/page-days.module.js'
import { SiteModule } from '../site/site.module.js'
import { CountViews } from './count-views.js'
import { PageViewsRepository } from './page-views.repository.js'
import { ViewsController } from './views.controller.js'

@Module({
  imports: [PageDaysModule, SiteModule],
  controllers: [ViewsController],
  providers: [PageViewsRepository, CountViews],
  exports: [PageViewsRepository, CountViews],
})
export class PageViewsModule {}
