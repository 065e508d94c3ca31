import { Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { AccountsModule } from '../accounts/accounts.module.js'
import { AttemptsModule } from '../attempts/attempts.module.js'
import { PasswordsModule } from '../passwords/passwords.module.js'
import { SessionsModule } from '../sessions/sessions.module.js'
import { CheckEvidence } from './check-evidence.js'
import { PasswordProver } from './password-prover.js'
import { ProofGuard } from './proof.guard.js'
import { ProofsController } from './proofs.controller.js'
import { Prove } from './prove.js'
import { Provers } from './provers.js'

@Module({
  imports: [AccountsModule, AttemptsModule, PasswordsModule, SessionsModule],
  controllers: [ProofsController],
  providers: [CheckEvidence, Provers, PasswordProver, Prove, { provide: APP_GUARD, useClass: ProofGuard }],
  exports: [CheckEvidence, Prove, Provers],
})
export class ProofsModule {}
