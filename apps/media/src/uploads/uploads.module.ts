import { Module } from '@nestjs/common'
import { PhotosModule } from '../photos/photos.module.js'
import { StorageModule } from '../storage/storage.module.js'
import { UploadPhoto } from './upload-photo.js'
import { UploadsController } from './uploads.controller.js'

@Module({
  imports: [PhotosModule, StorageModule],
  controllers: [UploadsController],
  providers: [UploadPhoto],
})
export class UploadsModule {}
