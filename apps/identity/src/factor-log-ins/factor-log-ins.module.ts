import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { AuthenticatorsModule } from '../authenticators/authenticators.module.js'
import { PendingLogInsModule } from '../pending-log-ins/pending-log-ins.module.js'
import { ProofsModule } from '../proofs/proofs.module.js'
import { SessionsModule } from '../sessions/sessions.module.js'
import { CompleteLogIn } from './complete-log-in.js'
import { FactorLogInsController } from './factor-log-ins.controller.js'

@Module({
  imports: [AccountsModule, AuthenticatorsModule, PendingLogInsModule, ProofsModule, SessionsModule],
  controllers: [FactorLogInsController],
  providers: [CompleteLogIn],
})
export class FactorLogInsModule {}
