import { ServiceKitModule } from '@mpics/service-kit'
import { Module } from '@nestjs/common'
import { AnalyticsConfig } from './config.js'
import { CountPageViewsOnRecord } from './consumers/count-page-views.js'
import { CountPageViews } from './page-views/count-page-views.js'
import { TallyRepository } from './page-views/tally.repository.js'
import { ViewsController } from './page-views/views.controller.js'

@Module({
  imports: [ServiceKitModule.forRoot(AnalyticsConfig)],
  controllers: [ViewsController, CountPageViewsOnRecord],
  providers: [CountPageViews, TallyRepository],
})
export class AnalyticsModule {}
