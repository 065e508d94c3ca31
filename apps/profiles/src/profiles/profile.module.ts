import { Module } from '@nestjs/common'
import { ChangeMyProfile } from './change-my-profile.js'
import { CreateProfile } from './create-profile.js'
import { MyProfile } from './my-profile.js'
import { ProfileRepository } from './profile.repository.js'
import { RegisteredProfilesProjection } from './registered-profiles.projection.js'
import { ProfileStandingRepository } from './profile-standing.repository.js'

@Module({
  providers: [
    ChangeMyProfile,
    CreateProfile,
    MyProfile,
    ProfileRepository,
    RegisteredProfilesProjection,
    ProfileStandingRepository,
  ],
  exports: [ChangeMyProfile, CreateProfile, MyProfile, ProfileRepository, ProfileStandingRepository],
})
export class ProfileModule {}
