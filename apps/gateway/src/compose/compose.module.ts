import { Module } from '@nestjs/common'
import { AnswersModule } from '../answers/answers.module.js'
import { ProxyModule } from '../proxy/proxy.module.js'
import { ComposedAnswers } from './composed-answers.js'
import { ComposePhotos } from './compose-photos.js'
import { PrimaryAnswer } from './primary-answer.js'
import { Enrichments } from './enrichments.js'
import { InventoryController } from './inventory.controller.js'
import { ComposeMyPrivacy } from './my-privacy.js'
import { MyPrivacyController } from './my-privacy.controller.js'
import { PageTotals } from './page-totals.js'
import { PhotosController } from './photos.controller.js'
import { PhotosForVisitors } from './photos-for-visitors.js'
import { ProfilesController } from './profiles.controller.js'

@Module({
  imports: [AnswersModule, ProxyModule],
  controllers: [InventoryController, MyPrivacyController, PhotosController, ProfilesController],
  providers: [
    ComposedAnswers,
    ComposeMyPrivacy,
    ComposePhotos,
    PrimaryAnswer,
    Enrichments,
    PageTotals,
    PhotosForVisitors,
  ],
  exports: [ComposeMyPrivacy, ComposePhotos, Enrichments, PageTotals, PhotosForVisitors],
})
export class ComposeModule {}
