import { Injectable } from '@nestjs/common'
import { FollowRepository } from '../follows/follow.repository.js'
import { ProfileRepository } from '../profiles/profile.repository.js'
import { type Card, type CardSource, showCard } from '../profiles/shown-profile.js'
import type { Reader } from '../profiles/visibility.js'

/** Cards as one reader may see them: two queries at most, however many. */
@Injectable()
export class ProfileCards {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly follows: FollowRepository,
  ) {}

  /** In the order of `ids`; who is not there is left out. */
  async of(ids: readonly string[], readerId: string | null): Promise<Card[]> {
    const found = new Map((await this.profiles.cardSources(ids)).map((source) => [source.id, source]))
    return this.show(
      ids.flatMap((id) => found.get(id) ?? []),
      readerId,
    )
  }

  async show(sources: readonly CardSource[], readerId: string | null): Promise<Card[]> {
    const forFollowers = sources.filter(({ visibility }) => visibility.fullName === 'followers').map(({ id }) => id)
    const followed = readerId ? await this.follows.followedAmong(readerId, forFollowers) : new Set<string>()
    const readerOf = ({ id }: CardSource): Reader => {
      if (!readerId) return 'visitor'
      if (readerId === id) return 'owner'
      return followed.has(id) ? 'follower' : 'member'
    }
    return sources.map((source) => showCard(source, readerOf(source)))
  }
}
