import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { AttemptsModule } from '../attempts/attempts.module.js'
import { KeysModule } from '../keys/keys.module.js'
import { ProofsModule } from '../proofs/proofs.module.js'
import { SessionsModule } from '../sessions/sessions.module.js'
import { AuthenticatorsController } from './authenticators.controller.js'
import { BeginTotp } from './begin-totp.js'
import { ConfirmTotp } from './confirm-totp.js'
import { FactorGuesses } from './factor-guesses.js'
import { MakeRecoveryCodes } from './make-recovery-codes.js'
import { RecoveryCodeProver } from './recovery-code-prover.js'
import { RemoveTotp } from './remove-totp.js'
import { ResealSecrets } from './reseal-secrets.js'
import { TotpCodes } from './totp-codes.js'
import { TotpProver } from './totp-prover.js'

@Module({
  imports: [AccountsModule, AttemptsModule, KeysModule, ProofsModule, SessionsModule],
  controllers: [AuthenticatorsController],
  providers: [
    BeginTotp,
    ConfirmTotp,
    FactorGuesses,
    MakeRecoveryCodes,
    RecoveryCodeProver,
    RemoveTotp,
    ResealSecrets,
    TotpCodes,
    TotpProver,
  ],
  exports: [FactorGuesses],
})
export class AuthenticatorsModule {}
