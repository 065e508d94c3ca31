import { Injectable } from '@nestjs/common'
import { CreateProfile } from './create-profile.js'
import { ProfileNotFoundError } from './profile.errors.js'
import type { Profile } from './profile.js'
import { ProfileRepository } from './profile.repository.js'

/** The profile of whoever is logged in. Made at once if the news of the registration has not arrived yet. */
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
