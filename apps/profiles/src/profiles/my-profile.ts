import { Injectable } from '@nestjs/common'
import { CreateProfile } from './create-profile.js'
import { ProfileNotFoundError } from './profile.errors.js'
import type { Profile } from './profile.js'
import { ProfileRepository } from './profile.repository.js'

/** Makes the profile of a member at once if the event of the registration has not arrived yet. */
@Injectable()
export class MyProfile {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly createProfile: CreateProfile,
  ) {}

  async of(accountId: string): Promise<Profile> {
    const profile = (await this.profiles.find(accountId)) ?? (await this.createProfile.execute(accountId))
    if (!profile) throw new ProfileNotFoundError()
    return profile
  }
}
