import { Module } from '@nestjs/common'
import { FollowsModule } from '../follows/follows.module.js'
import { ProfileModule } from '../profiles/profile.module.js'
import { CreateProfileOnRegistration } from './create-profile-on-registration.js'
import { ForgetTalliesOnFollow } from './forget-tallies-on-follow.js'
import { ForgetTalliesOnUnfollow } from './forget-tallies-on-unfollow.js'
import { HideAccountOnChange } from './hide-account-on-change.js'

@Module({
  imports: [ProfileModule, FollowsModule],
  controllers: [CreateProfileOnRegistration, ForgetTalliesOnFollow, ForgetTalliesOnUnfollow, HideAccountOnChange],
})
export class ConsumersModule {}
