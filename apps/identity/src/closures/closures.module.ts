import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { ProgramTokensModule } from '../program-tokens/program-tokens.module.js'
import { RetiredHandlesModule } from '../retired-handles/retired-handles.module.js'
import { SessionsModule } from '../sessions/sessions.module.js'
import { CloseAccount } from './close-account.js'
import { CloseUnverified } from './close-unverified.js'
import { ClosuresController } from './closures.controller.js'
import { DueAccounts } from './due-accounts.js'
import { KeepClosure } from './keep-closure.js'
import { RestoreAccount } from './restore-account.js'

@Module({
  imports: [AccountsModule, ProgramTokensModule, RetiredHandlesModule, SessionsModule],
  controllers: [ClosuresController],
  providers: [CloseAccount, CloseUnverified, DueAccounts, KeepClosure, RestoreAccount],
  exports: [DueAccounts, KeepClosure],
})
export class ClosuresModule {}
