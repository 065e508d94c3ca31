import { Module } from '@nestjs/common'
import { FollowsModule } from '../follows/follows.module.js'
import { ProfileModule } from '../profiles/profile.module.js'
import { ViewingModule } from '../viewing/viewing.module.js'
import { ProfilesForServicesController } from './profiles-for-services.controller.js'
import { SnapshotsController } from './snapshots.controller.js'

@Module({
  imports: [ProfileModule, FollowsModule, ViewingModule],
  controllers: [ProfilesForServicesController, SnapshotsController],
})
export class InternalModule {}
