import { ServiceKitModule } from '@mpics/service-kit'
import { Module } from '@nestjs/common'
import { ProfilesConfig } from './config.js'
import { CreateProfileOnRegistration } from './consumers/create-profile-on-registration.js'
import { FollowPhotographer } from './follows/follow-photographer.js'
import { FollowRepository } from './follows/follow.repository.js'
import { FollowsController } from './readers/follows.controller.js'
import { ListFollows } from './readers/list-follows.js'
import { UnfollowPhotographer } from './follows/unfollow-photographer.js'
import { ProfilesForServicesController } from './internal/profiles-for-services.controller.js'
import { SnapshotsController } from './internal/snapshots.controller.js'
import { ListPhotographers } from './photographers/list-photographers.js'
import { PhotographersController } from './photographers/photographers.controller.js'
import { ChangeMyProfile } from './profiles/change-my-profile.js'
import { CreateProfile } from './profiles/create-profile.js'
import { MyProfileController } from './readers/my-profile.controller.js'
import { MyProfile } from './profiles/my-profile.js'
import { ProfileCards } from './readers/profile-cards.js'
import { ProfileRepository } from './profiles/profile.repository.js'
import { ProfilesController } from './readers/profiles.controller.js'
import { RegisteredProfilesProjection } from './profiles/registered-profiles.projection.js'
import { ReadProfile } from './readers/read-profile.js'

const profiles = [ChangeMyProfile, CreateProfile, MyProfile, ProfileCards, ProfileRepository, ReadProfile]
const follows = [FollowPhotographer, FollowRepository, ListFollows, UnfollowPhotographer]

@Module({
  imports: [ServiceKitModule.forRoot(ProfilesConfig)],
  controllers: [
    ProfilesController,
    MyProfileController,
    FollowsController,
    PhotographersController,
    ProfilesForServicesController,
    SnapshotsController,
    CreateProfileOnRegistration,
  ],
  providers: [...profiles, ...follows, ListPhotographers, RegisteredProfilesProjection],
})
export class ProfilesModule {}
