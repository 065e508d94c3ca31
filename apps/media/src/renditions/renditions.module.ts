import { Module } from '@nestjs/common'
import { DecodingModule } from '../decoding/decoding.module.js'
import { PhotosModule } from '../photos/photos.module.js'
import { StorageModule } from '../storage/storage.module.js'
import { DecidePhoto } from './decide-photo.js'
import { FinishUpload } from './finish-upload.js'
import { MakeRenditions } from './make-renditions.js'
import { ReaderPlaces } from './reader-places.js'
import { RenderUpload } from './render-upload.js'
import { RenditionsController } from './renditions.controller.js'
import { SeeRendition } from './see-rendition.js'
import { UploadsInHand } from './uploads-in-hand.js'

@Module({
  imports: [DecodingModule, PhotosModule, StorageModule],
  controllers: [RenditionsController],
  providers: [DecidePhoto, FinishUpload, MakeRenditions, ReaderPlaces, RenderUpload, SeeRendition, UploadsInHand],
  exports: [MakeRenditions, UploadsInHand],
})
export class RenditionsModule {}
