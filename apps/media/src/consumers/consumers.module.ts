import { Module } from '@nestjs/common'
import { AudienceModule } from '../audience/audience.module.js'
import { PhotosModule } from '../photos/photos.module.js'
import { RenditionsModule } from '../renditions/renditions.module.js'
import { AdmitFollowerOnFollow } from './admit-follower-on-follow.js'
import { DismissFollowerOnUnfollow } from './dismiss-follower-on-unfollow.js'
import { HideAccountOnChange } from './hide-account-on-change.js'
import { MakeRenditionsOnUpload } from './make-renditions-on-upload.js'
import { RankPhotoOnViewTotal } from './rank-photo-on-view-total.js'

@Module({
  imports: [AudienceModule, PhotosModule, RenditionsModule],
  controllers: [
    AdmitFollowerOnFollow,
    DismissFollowerOnUnfollow,
    HideAccountOnChange,
    MakeRenditionsOnUpload,
    RankPhotoOnViewTotal,
  ],
})
export class ConsumersModule {}
