import type { ApiInput, profiles } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import { FollowRepository } from '../follows/follow.repository.js'
import { MyProfile } from '../profiles/my-profile.js'
import type { Profile } from '../profiles/profile.js'
import { ProfileRepository } from '../profiles/profile.repository.js'
import { showProfile, type ShownProfile } from '../profiles/shown-profile.js'
import { relationTo } from './viewer-relation.js'

type Relationship = ShownProfile['relationship']
type ImaginedViewer = ApiInput<typeof profiles.previewMyProfile>['query']['as']

const imagined: Record<ImaginedViewer, Relationship> = {
  visitor: null,
  member: { following: false, followedBy: false },
  follower: { following: true, followedBy: false },
}

@Injectable()
export class ReadProfile {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly follows: FollowRepository,
    private readonly mine: MyProfile,
  ) {}

  async byHandle(handle: string, viewerId: string | null): Promise<ShownProfile> {
    const profile = await this.profiles.getByHandle(handle)
    const [counts, relationship] = await Promise.all([
      this.follows.counts(profile.id),
      this.relationship(profile, viewerId),
    ])
    const relation = relationTo(profile.id, viewerId, relationship?.following ?? false)
    return showProfile(profile, relation, { counts, relationship })
  }

  /** Uses the same serialiser, for an imagined viewer. */
  async preview(accountId: string, as: ImaginedViewer): Promise<ShownProfile> {
    const profile = await this.mine.of(accountId)
    const counts = await this.follows.counts(profile.id)
    return showProfile(profile, as, { counts, relationship: imagined[as] })
  }

  private async relationship({ id }: Profile, viewerId: string | null): Promise<Relationship> {
    if (!viewerId || viewerId === id) return null
    return this.follows.between(viewerId, id)
  }
}
