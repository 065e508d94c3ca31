import { Module } from '@nestjs/common'
import { ChangeMyProfile } from './change-my-profile.js'
import { CreateProfile } from './create-profile.js'
import { MyProfile } from './my-profile.js'
import { ProfileRepository } from './profile.repository.js'
import { RegisteredProfilesProjection } from './registered-profiles.projection.js'
import { StandingRepository } from './standing.repository.js'

@Module({
  providers: [
    ChangeMyProfile,
    CreateProfile,
    MyProfile,
    ProfileRepository,
    RegisteredProfilesProjection,
    StandingRepository,
  ],
  exports: [ChangeMyProfile, CreateProfile, MyProfile, ProfileRepository, StandingRepository],
})
export class ProfileModule {}
