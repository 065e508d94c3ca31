import { Module } from '@nestjs/common'
import { AudienceModule } from '../audience/audience.module.js'
import { PhotosModule } from '../photos/photos.module.js'
import { StorageModule } from '../storage/storage.module.js'
import { DecoderPool } from './decoder-pool.js'
import { MakeRenditions } from './make-renditions.js'
import { RenderUpload } from './render-upload.js'
import { RenditionsController } from './renditions.controller.js'
import { SeeRendition } from './see-rendition.js'

@Module({
  imports: [AudienceModule, PhotosModule, StorageModule],
  controllers: [RenditionsController],
  providers: [DecoderPool, MakeRenditions, RenderUpload, SeeRendition],
  exports: [MakeRenditions],
})
export class RenditionsModule {}
