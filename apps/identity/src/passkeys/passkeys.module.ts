import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { KeysModule } from '../keys/keys.module.js'
import { ProofsModule } from '../proofs/proofs.module.js'
import { SessionsModule } from '../sessions/sessions.module.js'
import { Challenges } from './challenges.js'
import { ManagePasskeys } from './manage-passkeys.js'
import { PasskeyLogInsController } from './passkey-log-ins.controller.js'
import { PasskeyOptions } from './passkey-options.js'
import { PasskeyProver } from './passkey-prover.js'
import { PasskeysController } from './passkeys.controller.js'
import { RelyingParty } from './relying-party.js'
import { SpentChallengeRepository } from './spent-challenge.repository.js'
import { UsePasskey } from './use-passkey.js'
import { VerifyPasskey } from './verify-passkey.js'

@Module({
  imports: [AccountsModule, KeysModule, ProofsModule, SessionsModule],
  controllers: [PasskeyLogInsController, PasskeysController],
  providers: [
    Challenges,
    ManagePasskeys,
    PasskeyOptions,
    PasskeyProver,
    RelyingParty,
    SpentChallengeRepository,
    UsePasskey,
    VerifyPasskey,
  ],
})
export class PasskeysModule {}
