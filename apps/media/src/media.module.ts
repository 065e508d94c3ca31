import { RightsModule } from '@mpics/rights'
import { ServiceKitModule } from '@mpics/service-kit'
import { Module } from '@nestjs/common'
import { AudienceModule } from './audience/audience.module.js'
import { MediaConfig } from './config.js'
import { ConsumersModule } from './consumers/consumers.module.js'
import { ExploreModule } from './explore/explore.module.js'
import { HousekeepingModule } from './housekeeping/housekeeping.module.js'
import { InternalModule } from './internal/internal.module.js'
import { PhotosModule } from './photos/photos.module.js'
import { RenditionsModule } from './renditions/renditions.module.js'
import { StorageModule } from './storage/storage.module.js'
import { acceptUploads } from './uploads/accept-uploads.js'
import { UploadsModule } from './uploads/uploads.module.js'

@Module({
  imports: [
    ServiceKitModule.forRoot(MediaConfig, { configure: acceptUploads }),
    RightsModule.forRoot({ service: 'media' }),
    StorageModule,
    AudienceModule,
    PhotosModule,
    UploadsModule,
    RenditionsModule,
    ExploreModule,
    HousekeepingModule,
    InternalModule,
    ConsumersModule,
  ],
})
export class MediaModule {}
