import { Module } from '@nestjs/common'
import { DecodingModule } from '../decoding/decoding.module.js'
import { PhotosModule } from '../photos/photos.module.js'
import { StorageModule } from '../storage/storage.module.js'
import { DecidePhoto } from './decide-photo.js'
import { MakeRenditions } from './make-renditions.js'
import { ReaderPlaces } from './reader-places.js'
import { RenderUpload } from './render-upload.js'
import { RenditionsController } from './renditions.controller.js'
import { SeeRendition } from './see-rendition.js'

@Module({
  imports: [DecodingModule, PhotosModule, StorageModule],
  controllers: [RenditionsController],
  providers: [DecidePhoto, MakeRenditions, ReaderPlaces, RenderUpload, SeeRendition],
  exports: [MakeRenditions],
})
export class RenditionsModule {}
