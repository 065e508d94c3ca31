import type { profiles } from '@mpics/contracts'
import { requireMatch } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { MyProfile } from './my-profile.js'
import { changeProfile, changeVisibility, type Profile, type ProfileChanges } from './profile.js'
import { ProfileRepository } from './profile.repository.js'
import { showMyProfile } from './shown-profile.js'

/** `ifMatch`: the tag that the client read; the save compares it with the state that it changes. */
@Injectable()
export class ChangeMyProfile {
  constructor(
    private readonly mine: MyProfile,
    private readonly profiles: ProfileRepository,
  ) {}

  async fields(accountId: string, changes: ProfileChanges, ifMatch?: string): Promise<Profile> {
    await this.mine.of(accountId)
    return this.profiles.change(accountId, (profile) => {
      requireMatch(ifMatch, showMyProfile(profile))
      return changeProfile(profile, changes)
    })
  }

  async visibility(accountId: string, visibility: profiles.AudienceByField, ifMatch?: string): Promise<Profile> {
    await this.mine.of(accountId)
    return this.profiles.change(accountId, (profile) => {
      requireMatch(ifMatch, profile.visibility)
      return changeVisibility(profile, visibility)
    })
  }
}
