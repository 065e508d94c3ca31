import { Module } from '@nestjs/common'
import { ProxyModule } from '../proxy/proxy.module.js'
import { ComposePhotos } from './compose-photos.js'
import { PrimaryAnswer } from './primary-answer.js'
import { Enrichments } from './enrichments.js'
import { PhotosController } from './photos.controller.js'
import { ProfilesController } from './profiles.controller.js'

@Module({
  imports: [ProxyModule],
  controllers: [PhotosController, ProfilesController],
  providers: [ComposePhotos, PrimaryAnswer, Enrichments],
  exports: [ComposePhotos, Enrichments],
})
export class ComposeModule {}
