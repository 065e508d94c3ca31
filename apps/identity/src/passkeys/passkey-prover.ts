import type { identity } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { type Prover, Provers } from '../proofs/provers.js'
import { PasskeyRefusedError, PasskeyUnknownError } from './passkey.errors.js'
import { UsePasskey } from './use-passkey.js'

@Injectable()
export class PasskeyProver implements Prover {
  readonly proof = 'passkey'

  constructor(
    provers: Provers,
    private readonly use: UsePasskey,
  ) {
    provers.register(this)
  }

  isOpenTo({ factors }: Account): boolean {
    return factors.passkeys.length > 0
  }

  async prove({ id }: Account, { passkey }: identity.Evidence): Promise<boolean> {
    if (passkey === undefined) return false
    try {
      await this.use.execute(passkey, id)
      return true
    } catch (error) {
      if (error instanceof PasskeyRefusedError || error instanceof PasskeyUnknownError) return false
      throw error
    }
  }
}
