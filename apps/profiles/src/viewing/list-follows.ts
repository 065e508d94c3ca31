import type { Page, PageRequest } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { ProfileCards } from './profile-cards.js'
import { ProfileRepository } from '../profiles/profile.repository.js'
import type { Card } from '../profiles/shown-profile.js'
import { FollowRepository } from '../follows/follow.repository.js'

/** Everybody may browse who follows whom, as the policy says; each person chooses what their card shows. */
@Injectable()
export class ListFollows {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly follows: FollowRepository,
    private readonly cards: ProfileCards,
  ) {}

  async followers(handle: string, page: PageRequest, viewerId: string | null): Promise<Page<Card>> {
    const id = await this.profiles.idOf(handle)
    return this.shown(await this.follows.followersOf(id, page), viewerId)
  }

  async following(handle: string, page: PageRequest, viewerId: string | null): Promise<Page<Card>> {
    const id = await this.profiles.idOf(handle)
    return this.shown(await this.follows.followedBy(id, page), viewerId)
  }

  private async shown({ items, nextCursor }: Page<string>, viewerId: string | null): Promise<Page<Card>> {
    return { items: await this.cards.of(items, viewerId), nextCursor }
  }
}
