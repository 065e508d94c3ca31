import { Module } from '@nestjs/common'
import { PageViewsModule } from '../page-views/page-views.module.js'
import { MyStatsController } from './my-stats.controller.js'

@Module({ imports: [PageViewsModule], controllers: [MyStatsController] })
export class MyStatsModule {}
