import { Module } from '@nestjs/common'
import { PhotosModule } from '../photos/photos.module.js'
import { PhotoPagesController } from './photo-pages.controller.js'

@Module({
  imports: [PhotosModule],
  controllers: [PhotoPagesController],
})
export class InternalModule {}
