import { Injectable } from '@nestjs/common'
import { ProfileRepository } from '../profiles/profile.repository.js'
import { FollowRepository } from './follow.repository.js'
import { TallyRepository } from './tally.repository.js'

@Injectable()
export class UnfollowPhotographer {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly follows: FollowRepository,
    private readonly tallies: TallyRepository,
  ) {}

  async execute(followerId: string, handle: string): Promise<void> {
    const followedId = await this.profiles.idOf(handle)
    if (await this.follows.end(followerId, followedId)) await this.tallies.forget([followerId, followedId])
  }
}
