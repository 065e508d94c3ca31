import { RightsModule } from '@mpics/rights'
import { ServiceKitModule } from '@mpics/service-kit'
import { Module } from '@nestjs/common'
import { ProfilesConfig } from './config.js'
import { ConsumersModule } from './consumers/consumers.module.js'
import { FollowsModule } from './follows/follows.module.js'
import { InternalModule } from './internal/internal.module.js'
import { PhotographersModule } from './photographers/photographers.module.js'
import { ProfileModule } from './profiles/profile.module.js'
import { ViewingModule } from './viewing/viewing.module.js'

@Module({
  imports: [
    ServiceKitModule.forRoot(ProfilesConfig),
    RightsModule.forRoot({ service: 'profiles' }),
    ProfileModule,
    FollowsModule,
    ViewingModule,
    PhotographersModule,
    InternalModule,
    ConsumersModule,
  ],
})
export class ProfilesModule {}
