import { Module } from '@nestjs/common'
import { FollowsModule } from '../follows/follows.module.js'
import { ProfileModule } from '../profiles/profile.module.js'
import { FollowsController } from './follows.controller.js'
import { ListFollows } from './list-follows.js'
import { MyProfileController } from './my-profile.controller.js'
import { ProfileCards } from './profile-cards.js'
import { ProfilesController } from './profiles.controller.js'
import { ReadProfile } from './read-profile.js'
import { SeenProfileRepository } from './seen-profile.repository.js'

@Module({
  imports: [ProfileModule, FollowsModule],
  controllers: [ProfilesController, MyProfileController, FollowsController],
  providers: [ListFollows, ProfileCards, ReadProfile, SeenProfileRepository],
  exports: [ProfileCards],
})
export class ViewingModule {}
