import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { ClosuresModule } from '../closures/closures.module.js'
import { ConsentsModule } from '../consents/consents.module.js'
import { EmailChangesModule } from '../email-changes/email-changes.module.js'
import { ErasuresModule } from '../erasures/erasures.module.js'
import { ExportsModule } from '../exports/exports.module.js'
import { LocksModule } from '../locks/locks.module.js'
import { RetiredHandlesModule } from '../retired-handles/retired-handles.module.js'
import { PasswordResetsModule } from '../password-resets/password-resets.module.js'
import { ProgramTokensModule } from '../program-tokens/program-tokens.module.js'
import { SessionsModule } from '../sessions/sessions.module.js'
import { StaffModule } from '../staff/staff.module.js'
import { VerificationModule } from '../verification/verification.module.js'
import { AskProofAfterRestore } from './ask-proof-after-restore.js'
import { EndLinksOnVerification } from './end-links-on-verification.js'
import { EndProgramTokensOnAccountChange } from './end-program-tokens-on-account-change.js'
import { EndSessionsOnAccountChange } from './end-sessions-on-account-change.js'
import { EndPasswordAfterRestore } from './end-password-after-restore.js'
import { EndRolesAfterRestore } from './end-roles-after-restore.js'
import { KeepClosureAfterRestore } from './keep-closure-after-restore.js'
import { KeepLockAfterRestore } from './keep-lock-after-restore.js'
import { KeepWithdrawnAfterRestore } from './keep-withdrawn-after-restore.js'
import { NotePartOnErasure } from './note-part-on-erasure.js'
import { SettleAccountOnEmailChange } from './settle-account-on-email-change.js'
import { TakePartOnExportPart } from './take-part-on-export-part.js'
import { WithdrawConsentOnUnsubscribe } from './withdraw-consent-on-unsubscribe.js'

@Module({
  imports: [
    AccountsModule,
    ClosuresModule,
    ConsentsModule,
    EmailChangesModule,
    ErasuresModule,
    ExportsModule,
    LocksModule,
    PasswordResetsModule,
    ProgramTokensModule,
    RetiredHandlesModule,
    SessionsModule,
    StaffModule,
    VerificationModule,
  ],
  controllers: [
    AskProofAfterRestore,
    EndLinksOnVerification,
    EndProgramTokensOnAccountChange,
    EndSessionsOnAccountChange,
    EndPasswordAfterRestore,
    EndRolesAfterRestore,
    KeepClosureAfterRestore,
    KeepLockAfterRestore,
    KeepWithdrawnAfterRestore,
    NotePartOnErasure,
    SettleAccountOnEmailChange,
    TakePartOnExportPart,
    WithdrawConsentOnUnsubscribe,
  ],
})
export class ConsumersModule {}
