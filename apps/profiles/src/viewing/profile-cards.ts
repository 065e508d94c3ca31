import { Injectable } from '@nestjs/common'
import { FollowRepository } from '../follows/follow.repository.js'
import { ProfileRepository } from '../profiles/profile.repository.js'
import { type Card, type CardSource, showCard } from '../profiles/shown-profile.js'
import { relationTo } from './viewer-relation.js'

/** Shows cards as one viewer may see them, with at most two queries however many there are. */
@Injectable()
export class ProfileCards {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly follows: FollowRepository,
  ) {}

  /** In the order of `ids`, without those that do not exist. */
  async of(ids: readonly string[], viewerId: string | null): Promise<Card[]> {
    const found = new Map((await this.profiles.cardSources(ids)).map((source) => [source.id, source]))
    return this.show(
      ids.flatMap((id) => found.get(id) ?? []),
      viewerId,
    )
  }

  async show(sources: readonly CardSource[], viewerId: string | null): Promise<Card[]> {
    const forFollowers = sources.filter(({ visibility }) => visibility.fullName === 'followers').map(({ id }) => id)
    const followed = viewerId ? await this.follows.followedAmong(viewerId, forFollowers) : new Set<string>()
    return sources.map((source) => showCard(source, relationTo(source.id, viewerId, followed.has(source.id))))
  }
}
