import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { AttemptsModule } from '../attempts/attempts.module.js'
import { LinksModule } from '../links/links.module.js'
import { PasswordsModule } from '../passwords/passwords.module.js'
import { SessionsModule } from '../sessions/sessions.module.js'
import { EndPassword } from './end-password.js'
import { PasswordResetsController } from './password-resets.controller.js'
import { RequestPasswordReset } from './request-password-reset.js'
import { ResetPassword } from './reset-password.js'
import { ResetRequestRepository } from './reset-request.repository.js'
import { SendRequestedResets } from './send-requested-resets.js'

@Module({
  imports: [AccountsModule, AttemptsModule, LinksModule, PasswordsModule, SessionsModule],
  controllers: [PasswordResetsController],
  providers: [EndPassword, RequestPasswordReset, ResetPassword, ResetRequestRepository, SendRequestedResets],
  exports: [EndPassword],
})
export class PasswordResetsModule {}
