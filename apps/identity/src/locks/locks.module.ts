import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { LinksModule } from '../links/links.module.js'
import { ProgramTokensModule } from '../program-tokens/program-tokens.module.js'
import { RetiredHandlesModule } from '../retired-handles/retired-handles.module.js'
import { SessionsModule } from '../sessions/sessions.module.js'
import { JudgeLock } from './judge-lock.js'
import { KeepLock } from './keep-lock.js'
import { LockAccount } from './lock-account.js'
import { LocksController } from './locks.controller.js'

@Module({
  imports: [AccountsModule, LinksModule, ProgramTokensModule, RetiredHandlesModule, SessionsModule],
  controllers: [LocksController],
  providers: [JudgeLock, KeepLock, LockAccount],
  exports: [JudgeLock, KeepLock, LockAccount],
})
export class LocksModule {}
