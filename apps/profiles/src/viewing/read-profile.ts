import { Injectable } from '@nestjs/common'
import { FollowRepository } from '../follows/follow.repository.js'
import { MyProfile } from '../profiles/my-profile.js'
import type { Profile } from '../profiles/profile.js'
import { ProfileRepository } from '../profiles/profile.repository.js'
import { showProfile, type ShownProfile } from '../profiles/shown-profile.js'
import type { Reader } from '../profiles/visibility.js'

type Relationship = ShownProfile['relationship']

const imagined: Record<Exclude<Reader, 'owner'>, Relationship> = {
  visitor: null,
  member: { following: false, followedBy: false },
  follower: { following: true, followedBy: false },
}

/** A profile as somebody sees it. */
@Injectable()
export class ReadProfile {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly follows: FollowRepository,
    private readonly mine: MyProfile,
  ) {}

  async byHandle(handle: string, readerId: string | null): Promise<ShownProfile> {
    const profile = await this.profiles.getByHandle(handle)
    const [counts, relationship] = await Promise.all([
      this.follows.counts(profile.id),
      this.relationship(profile, readerId),
    ])
    return showProfile(profile, readerOf(profile, readerId, relationship), { counts, relationship })
  }

  /** By the same serialiser, for a reader who is only imagined. */
  async preview(accountId: string, as: Exclude<Reader, 'owner'>): Promise<ShownProfile> {
    const profile = await this.mine.of(accountId)
    const counts = await this.follows.counts(profile.id)
    return showProfile(profile, as, { counts, relationship: imagined[as] })
  }

  private async relationship({ id }: Profile, readerId: string | null): Promise<Relationship> {
    if (!readerId || readerId === id) return null
    return this.follows.between(readerId, id)
  }
}

function readerOf(profile: Profile, readerId: string | null, relationship: Relationship): Reader {
  if (!readerId) return 'visitor'
  if (readerId === profile.id) return 'owner'
  return relationship?.following ? 'follower' : 'member'
}
