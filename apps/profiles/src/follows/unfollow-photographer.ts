import { Injectable } from '@nestjs/common'
import { ProfileRepository } from '../profiles/profile.repository.js'
import { FollowRepository } from './follow.repository.js'

@Injectable()
export class UnfollowPhotographer {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly follows: FollowRepository,
  ) {}

  async execute(followerId: string, handle: string): Promise<void> {
    const followed = await this.profiles.getByHandle(handle)
    await this.follows.end(followerId, followed.id)
  }
}
