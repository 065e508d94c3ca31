import { Module } from '@nestjs/common'
import { PhotosModule } from '../photos/photos.module.js'
import { StorageModule } from '../storage/storage.module.js'
import { PhotoData } from './photo-data.js'
import { PhotoFiles } from './photo-files.js'
import { PurgePhotos } from './purge-photos.js'
import { SweepOrphans } from './sweep-orphans.js'

@Module({
  imports: [PhotosModule, StorageModule],
  providers: [PhotoData, PhotoFiles, PurgePhotos, SweepOrphans],
})
export class HousekeepingModule {}
