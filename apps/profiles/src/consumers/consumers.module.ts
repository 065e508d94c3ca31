import { Module } from '@nestjs/common'
import { ProfileModule } from '../profiles/profile.module.js'
import { CreateProfileOnRegistration } from './create-profile-on-registration.js'

@Module({
  imports: [ProfileModule],
  controllers: [CreateProfileOnRegistration],
})
export class ConsumersModule {}
