import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { ConsentsModule } from '../consents/consents.module.js'
import { ErasuresModule } from '../erasures/erasures.module.js'
import { LedgerModule } from '../ledger/ledger.module.js'
import { LinksModule } from '../links/links.module.js'
import { ProgramTokensModule } from '../program-tokens/program-tokens.module.js'
import { SessionsModule } from '../sessions/sessions.module.js'
import { VerificationModule } from '../verification/verification.module.js'
import { PoliciesModule } from '../policies/policies.module.js'
import { LegalNoticeRecipientsController } from './legal-notice-recipients.controller.js'
import { LastMailsController } from './last-mails.controller.js'
import { ConsentDecisionsController } from './consent-decisions.controller.js'
import { LinksController } from './links.controller.js'
import { MailRecipientsController } from './mail-recipients.controller.js'
import { ProgramTokenExchangeController } from './program-token-exchange.controller.js'
import { RegistrationsController } from './registrations.controller.js'
import { RevokedSessionsController } from './revoked-sessions.controller.js'
import { RolesVersionsController } from './roles-versions.controller.js'
import { StandingsController } from './standings.controller.js'
import { VerificationsController } from './verifications.controller.js'

@Module({
  imports: [
    AccountsModule,
    ConsentsModule,
    ErasuresModule,
    LedgerModule,
    LinksModule,
    PoliciesModule,
    ProgramTokensModule,
    SessionsModule,
    VerificationModule,
  ],
  controllers: [
    LegalNoticeRecipientsController,
    LastMailsController,
    ConsentDecisionsController,
    LinksController,
    MailRecipientsController,
    ProgramTokenExchangeController,
    RegistrationsController,
    RevokedSessionsController,
    RolesVersionsController,
    StandingsController,
    VerificationsController,
  ],
})
export class InternalModule {}
