import { Module } from '@nestjs/common'
import { PageViewsModule } from '../page-views/page-views.module.js'
import { SketchModule } from '../sketch/sketch.module.js'
import { CountOwnViews } from './count-own-views.js'
import { CountPageViews } from './count-page-views.js'

@Module({ imports: [PageViewsModule, SketchModule], controllers: [CountOwnViews, CountPageViews] })
export class ConsumersModule {}
