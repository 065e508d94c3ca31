import { Module } from '@nestjs/common'
import { AudienceModule } from '../audience/audience.module.js'
import { ChangePhotos } from './change-photos.js'
import { HidePhotos } from './hide-photos.js'
import { PhotoRepository } from './photo.repository.js'
import { PhotosController } from './photos.controller.js'
import { PhotoViewers } from './photo-viewers.js'
import { PopularityProjection } from './popularity.projection.js'
import { ReadPhoto } from './read-photo.js'
import { RenditionLinks } from './rendition-links.js'
import { ShowPhoto } from './shown-photo.js'
import { OwnerStandings } from './owner-standings.projection.js'

@Module({
  imports: [AudienceModule],
  controllers: [PhotosController],
  providers: [
    ChangePhotos,
    HidePhotos,
    PhotoRepository,
    PhotoViewers,
    PopularityProjection,
    ReadPhoto,
    RenditionLinks,
    ShowPhoto,
    OwnerStandings,
  ],
  exports: [HidePhotos, PhotoRepository, PhotoViewers, ReadPhoto, RenditionLinks, ShowPhoto],
})
export class PhotosModule {}
