import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { ConsentsModule } from '../consents/consents.module.js'
import { EmailChangesModule } from '../email-changes/email-changes.module.js'
import { ErasuresModule } from '../erasures/erasures.module.js'
import { ExportsModule } from '../exports/exports.module.js'
import { RetiredHandlesModule } from '../retired-handles/retired-handles.module.js'
import { ProgramTokensModule } from '../program-tokens/program-tokens.module.js'
import { SessionsModule } from '../sessions/sessions.module.js'
import { VerificationModule } from '../verification/verification.module.js'
import { EndLinksOnVerification } from './end-links-on-verification.js'
import { EndProgramTokensOnAccountChange } from './end-program-tokens-on-account-change.js'
import { EndSessionsOnAccountChange } from './end-sessions-on-account-change.js'
import { KeepWithdrawnAfterRestore } from './keep-withdrawn-after-restore.js'
import { NotePartOnErasure } from './note-part-on-erasure.js'
import { SettleAccountOnEmailChange } from './settle-account-on-email-change.js'
import { TakePartOnExportPart } from './take-part-on-export-part.js'
import { WithdrawConsentOnUnsubscribe } from './withdraw-consent-on-unsubscribe.js'

@Module({
  imports: [
    AccountsModule,
    ConsentsModule,
    EmailChangesModule,
    ErasuresModule,
    ExportsModule,
    ProgramTokensModule,
    RetiredHandlesModule,
    SessionsModule,
    VerificationModule,
  ],
  controllers: [
    EndLinksOnVerification,
    EndProgramTokensOnAccountChange,
    EndSessionsOnAccountChange,
    KeepWithdrawnAfterRestore,
    NotePartOnErasure,
    SettleAccountOnEmailChange,
    TakePartOnExportPart,
    WithdrawConsentOnUnsubscribe,
  ],
})
export class ConsumersModule {}
