import { Module } from '@nestjs/common'
import { AnswersModule } from '../answers/answers.module.js'
import { ClientsModule } from '../clients/clients.module.js'
import { ComposeModule } from '../compose/compose.module.js'
import { LimitsModule } from '../limits/limits.module.js'
import { BareLoads } from './bare-loads.js'
import { ExistingPages } from './existing-pages.js'
import { NewVisitors } from './new-visitors.js'
import { PageViewsController } from './page-views.controller.js'
import { ProfilePages } from './profile-pages.js'
import { RecordPageView } from './record-page-view.js'
import { RequestFacts } from './request-facts.js'
import { ViewRates } from './view-rates.js'
import { VisiblePhotos } from './visible-photos.js'
import { VisibleViewsController } from './visible-views.controller.js'
import { VisitorCookies } from './visitor-cookie.js'

@Module({
  imports: [AnswersModule, ClientsModule, ComposeModule, LimitsModule],
  controllers: [PageViewsController, VisibleViewsController],
  providers: [
    BareLoads,
    ExistingPages,
    NewVisitors,
    ProfilePages,
    RecordPageView,
    RequestFacts,
    ViewRates,
    VisiblePhotos,
    VisitorCookies,
  ],
  exports: [BareLoads, ExistingPages, RecordPageView, VisiblePhotos, VisitorCookies],
})
export class PageViewsModule {}
