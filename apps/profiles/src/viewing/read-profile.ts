import type { ApiInput, profiles } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import { CountFollows } from '../follows/count-follows.js'
import { MyProfile } from '../profiles/my-profile.js'
import { ProfileNotFoundError } from '../profiles/profile.errors.js'
import { showProfile, type ShownProfile } from '../profiles/shown-profile.js'
import { SeenProfileRepository } from './seen-profile.repository.js'
import { relationTo } from './viewer-relation.js'

type ImaginedViewer = ApiInput<typeof profiles.previewMyProfile>['query']['as']

const imagined: Record<ImaginedViewer, ShownProfile['relationship']> = {
  visitor: null,
  member: { following: false, followedBy: false },
  follower: { following: true, followedBy: false },
}

@Injectable()
export class ReadProfile {
  constructor(
    private readonly profiles: SeenProfileRepository,
    private readonly follows: CountFollows,
    private readonly mine: MyProfile,
  ) {}

  async byHandle(handle: string, viewerId: string | null): Promise<ShownProfile> {
    const seen = await this.profiles.find(handle, viewerId)
    if (!seen) throw new ProfileNotFoundError()
    const { profile, relationship, tally } = seen
    const counts = await this.follows.known(profile.id, tally)
    return showProfile(profile, relationTo(profile.id, viewerId, relationship?.following ?? false), {
      counts,
      relationship,
    })
  }

  /** Uses the same serialiser, for an imagined viewer. */
  async preview(accountId: string, as: ImaginedViewer): Promise<ShownProfile> {
    const profile = await this.mine.of(accountId)
    const counts = await this.follows.of(profile.id)
    return showProfile(profile, as, { counts, relationship: imagined[as] })
  }
}
