import { Module } from '@nestjs/common'
import { ProxyModule } from '../proxy/proxy.module.js'
import { ComposePhotos } from './compose-photos.js'
import { MainPart } from './main-part.js'
import { MinorParts } from './minor-parts.js'
import { PhotosController } from './photos.controller.js'
import { ProfilesController } from './profiles.controller.js'

@Module({
  imports: [ProxyModule],
  controllers: [PhotosController, ProfilesController],
  providers: [ComposePhotos, MainPart, MinorParts],
  exports: [ComposePhotos, MinorParts],
})
export class ComposeModule {}
