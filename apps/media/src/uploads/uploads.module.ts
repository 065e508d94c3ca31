import { Module } from '@nestjs/common'
import { DecodingModule } from '../decoding/decoding.module.js'
import { PhotosModule } from '../photos/photos.module.js'
import { RenditionsModule } from '../renditions/renditions.module.js'
import { StorageModule } from '../storage/storage.module.js'
import { StoreUpload } from './store-upload.js'
import { UploadPhoto } from './upload-photo.js'
import { UploadPlaces } from './upload-places.js'
import { UploadsController } from './uploads.controller.js'

@Module({
  imports: [DecodingModule, PhotosModule, RenditionsModule, StorageModule],
  controllers: [UploadsController],
  providers: [StoreUpload, UploadPhoto, UploadPlaces],
})
export class UploadsModule {}
