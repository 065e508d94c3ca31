import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { AttemptsModule } from '../attempts/attempts.module.js'
import { LinksModule } from '../links/links.module.js'
import { SessionsModule } from '../sessions/sessions.module.js'
import { AdvanceRecoveries } from './advance-recoveries.js'
import { DecideRecovery } from './decide-recovery.js'
import { FactorRecoveriesController } from './factor-recoveries.controller.js'
import { RequestRecovery } from './request-recovery.js'

@Module({
  imports: [AccountsModule, AttemptsModule, LinksModule, SessionsModule],
  controllers: [FactorRecoveriesController],
  providers: [AdvanceRecoveries, DecideRecovery, RequestRecovery],
})
export class FactorRecoveriesModule {}
