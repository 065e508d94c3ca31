import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { ConsentsModule } from '../consents/consents.module.js'
import { LinksModule } from '../links/links.module.js'
import { SessionsModule } from '../sessions/sessions.module.js'
import { VerificationModule } from '../verification/verification.module.js'
import { LinksController } from './links.controller.js'
import { MailRecipientsController } from './mail-recipients.controller.js'
import { RegistrationsController } from './registrations.controller.js'
import { RevokedSessionsController } from './revoked-sessions.controller.js'
import { StandingsController } from './standings.controller.js'
import { VerificationsController } from './verifications.controller.js'

@Module({
  imports: [AccountsModule, ConsentsModule, LinksModule, SessionsModule, VerificationModule],
  controllers: [
    LinksController,
    MailRecipientsController,
    RegistrationsController,
    RevokedSessionsController,
    StandingsController,
    VerificationsController,
  ],
})
export class InternalModule {}
