import { Module } from '@nestjs/common'
import { FollowsModule } from '../follows/follows.module.js'
import { ProfileModule } from '../profiles/profile.module.js'
import { CreateProfileOnRegistration } from './create-profile-on-registration.js'
import { HideAccountOnChange } from './hide-account-on-change.js'

@Module({
  imports: [ProfileModule, FollowsModule],
  controllers: [CreateProfileOnRegistration, HideAccountOnChange],
})
export class ConsumersModule {}
