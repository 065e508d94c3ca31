import { Module } from '@nestjs/common'
import { AudienceModule } from '../audience/audience.module.js'
import { PhotosModule } from '../photos/photos.module.js'
import { PhotoListsController } from './photo-lists.controller.js'
import { ReadGallery } from './read-gallery.js'

@Module({
  imports: [AudienceModule, PhotosModule],
  controllers: [PhotoListsController],
  providers: [ReadGallery],
})
export class ExploreModule {}
