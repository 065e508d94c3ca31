import { Module } from '@nestjs/common'
import { ClientsModule } from '../clients/clients.module.js'
import { ExistingPages } from './existing-pages.js'
import { PageViewsController } from './page-views.controller.js'
import { RecordPageView } from './record-page-view.js'

@Module({
  imports: [ClientsModule],
  controllers: [PageViewsController],
  providers: [ExistingPages, RecordPageView],
  exports: [RecordPageView],
})
export class PageViewsModule {}
