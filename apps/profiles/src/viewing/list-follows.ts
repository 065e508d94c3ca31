import type { Page, PageRequest } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { ProfileCards } from './profile-cards.js'
import { ProfileRepository } from '../profiles/profile.repository.js'
import type { Card } from '../profiles/shown-profile.js'
import { FollowRepository } from '../follows/follow.repository.js'

/** Who follows whom is there for everybody to browse, as the policy says; what the cards show is each person's choice. */
@Injectable()
export class ListFollows {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly follows: FollowRepository,
    private readonly cards: ProfileCards,
  ) {}

  async followers(handle: string, page: PageRequest, viewerId: string | null): Promise<Page<Card>> {
    const { id } = await this.profiles.getByHandle(handle)
    return this.shown(await this.follows.followersOf(id, page), viewerId)
  }

  async following(handle: string, page: PageRequest, viewerId: string | null): Promise<Page<Card>> {
    const { id } = await this.profiles.getByHandle(handle)
    return this.shown(await this.follows.followedBy(id, page), viewerId)
  }

  private async shown({ items, nextCursor }: Page<string>, viewerId: string | null): Promise<Page<Card>> {
    return { items: await this.cards.of(items, viewerId), nextCursor }
  }
}
