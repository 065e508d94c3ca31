import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { MyProfile } from '../profiles/my-profile.js'
import { ProfileRepository } from '../profiles/profile.repository.js'
import { FollowRepository } from './follow.repository.js'
import { ForgetTallies } from './forget-tallies.js'

@Injectable()
export class FollowPhotographer {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly follows: FollowRepository,
    private readonly mine: MyProfile,
    private readonly forget: ForgetTallies,
    private readonly clock: Clock,
  ) {}

  async execute(followerId: string, handle: string): Promise<void> {
    // Consumers of the follow ask for the follower's card, so the profile must exist.
    const [followedId] = await Promise.all([this.profiles.idOf(handle), this.mine.of(followerId)])
    const begun = await this.follows.start(followerId, followedId, this.clock.now())
    if (begun !== 'done') await this.forget.execute({ followerId, followedId }, begun === 'first')
  }
}
