import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { AttemptsModule } from '../attempts/attempts.module.js'
import { LinksModule } from '../links/links.module.js'
import { RequestVerificationMail } from './request-verification-mail.js'
import { VerifyEmail } from './verify-email.js'

@Module({
  imports: [AccountsModule, AttemptsModule, LinksModule],
  providers: [RequestVerificationMail, VerifyEmail],
  exports: [RequestVerificationMail, VerifyEmail],
})
export class VerificationModule {}
