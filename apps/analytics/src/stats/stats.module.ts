import { Module } from '@nestjs/common'
import { PageDaysModule } from '../page-days/page-days.module.js'
import { PageViewsModule } from '../page-views/page-views.module.js'
import { SiteModule } from '../site/site.module.js'
import { StatsController } from './stats.controller.js'

@Module({ imports: [PageDaysModule, PageViewsModule, SiteModule], controllers: [StatsController] })
export class StatsModule {}
