import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { AttemptsModule } from '../attempts/attempts.module.js'
import { LinksModule } from '../links/links.module.js'
import { ProofsModule } from '../proofs/proofs.module.js'
import { SessionsModule } from '../sessions/sessions.module.js'
import { VerificationModule } from '../verification/verification.module.js'
import { ConfirmEmailChange } from './confirm-email-change.js'
import { DecideEmailChange } from './decide-email-change.js'
import { EmailChangesController } from './email-changes.controller.js'
import { ForgetEmailChanges } from './forget-email-changes.js'
import { FreezeEmailChange } from './freeze-email-change.js'
import { RequestEmailChange } from './request-email-change.js'
import { SettleEmailChange } from './settle-email-change.js'

@Module({
  imports: [AccountsModule, AttemptsModule, LinksModule, ProofsModule, SessionsModule, VerificationModule],
  controllers: [EmailChangesController],
  providers: [
    ConfirmEmailChange,
    DecideEmailChange,
    ForgetEmailChanges,
    FreezeEmailChange,
    RequestEmailChange,
    SettleEmailChange,
  ],
  exports: [SettleEmailChange],
})
export class EmailChangesModule {}
