import { Module } from '@nestjs/common'
import { SessionsModule } from '../sessions/sessions.module.js'
import { EndSessionsOnPasswordChange } from './end-sessions-on-password-change.js'

@Module({
  imports: [SessionsModule],
  controllers: [EndSessionsOnPasswordChange],
})
export class ConsumersModule {}
