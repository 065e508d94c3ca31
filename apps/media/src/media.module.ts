import { ServiceKitModule } from '@mpics/service-kit'
import { Module } from '@nestjs/common'
import { MediaConfig } from './config.js'
import { AdmitFollowerOnFollow } from './consumers/admit-follower-on-follow.js'
import { DismissFollowerOnUnfollow } from './consumers/dismiss-follower-on-unfollow.js'
import { MakeRenditionsOnUpload } from './consumers/make-renditions-on-upload.js'
import { RankPhotoOnViewTotal } from './consumers/rank-photo-on-view-total.js'
import { PhotoListsController } from './explore/photo-lists.controller.js'
import { ReadGallery } from './explore/read-gallery.js'
import { FollowerProjection } from './audience/follower.projection.js'
import { FollowerRepository } from './audience/follower.repository.js'
import { Readers } from './audience/readers.js'
import { PhotoPagesController } from './internal/photo-pages.controller.js'
import { ChangePhotos } from './photos/change-photos.js'
import { PhotoRepository } from './photos/photo.repository.js'
import { PhotosController } from './photos/photos.controller.js'
import { PopularityProjection } from './photos/popularity.projection.js'
import { PurgePhotos } from './housekeeping/purge-photos.js'
import { ReadPhoto } from './photos/read-photo.js'
import { ShowPhoto } from './photos/shown-photo.js'
import { Darkroom } from './renditions/darkroom.js'
import { MakeRenditions } from './renditions/make-renditions.js'
import { RenderUpload } from './renditions/render-upload.js'
import { RenditionLinks } from './photos/rendition-links.js'
import { RenditionsController } from './renditions/renditions.controller.js'
import { SeeRendition } from './renditions/see-rendition.js'
import { Housekeeping } from './housekeeping/housekeeping.js'
import { ObjectStore } from './storage/object-store.js'
import { SweepOrphans } from './housekeeping/sweep-orphans.js'
import { UploadPhoto } from './uploads/upload-photo.js'
import { acceptUploads, UploadsController } from './uploads/uploads.controller.js'

const calls = [UploadsController, PhotosController, PhotoListsController, RenditionsController, PhotoPagesController]
const reactions = [MakeRenditionsOnUpload, AdmitFollowerOnFollow, DismissFollowerOnUnfollow, RankPhotoOnViewTotal]
const photos = [PhotoRepository, UploadPhoto, ReadPhoto, ChangePhotos, ShowPhoto, ReadGallery, PurgePhotos]
const renditions = [Darkroom, RenderUpload, MakeRenditions, SeeRendition, RenditionLinks]
const storage = [ObjectStore, SweepOrphans, Housekeeping]
const readers = [FollowerRepository, Readers]
const projections = [FollowerProjection, PopularityProjection]

@Module({
  imports: [ServiceKitModule.forRoot(MediaConfig, { configure: acceptUploads })],
  controllers: [...calls, ...reactions],
  providers: [...photos, ...renditions, ...storage, ...readers, ...projections],
})
export class MediaModule {}
