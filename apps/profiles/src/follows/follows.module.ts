import { Module } from '@nestjs/common'
import { ProfileModule } from '../profiles/profile.module.js'
import { FollowPhotographer } from './follow-photographer.js'
import { FollowRepository } from './follow.repository.js'
import { UnfollowPhotographer } from './unfollow-photographer.js'

@Module({
  imports: [ProfileModule],
  providers: [FollowPhotographer, FollowRepository, UnfollowPhotographer],
  exports: [FollowPhotographer, FollowRepository, UnfollowPhotographer],
})
export class FollowsModule {}
