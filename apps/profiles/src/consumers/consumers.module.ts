import { Module } from '@nestjs/common'
import { FollowsModule } from '../follows/follows.module.js'
import { ProfileModule } from '../profiles/profile.module.js'
import { CreateProfileOnRegistration } from './create-profile-on-registration.js'
import { ForgetTalliesOnFollow } from './forget-tallies-on-follow.js'
import { ForgetTalliesOnUnfollow } from './forget-tallies-on-unfollow.js'

@Module({
  imports: [ProfileModule, FollowsModule],
  controllers: [CreateProfileOnRegistration, ForgetTalliesOnFollow, ForgetTalliesOnUnfollow],
})
export class ConsumersModule {}
