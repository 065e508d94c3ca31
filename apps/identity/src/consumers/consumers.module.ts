import { Module } from '@nestjs/common'
import { SessionsModule } from '../sessions/sessions.module.js'
import { VerificationModule } from '../verification/verification.module.js'
import { EndLinksOnVerification } from './end-links-on-verification.js'
import { EndSessionsOnPasswordChange } from './end-sessions-on-password-change.js'

@Module({
  imports: [SessionsModule, VerificationModule],
  controllers: [EndLinksOnVerification, EndSessionsOnPasswordChange],
})
export class ConsumersModule {}
