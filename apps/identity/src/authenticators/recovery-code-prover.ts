import type { identity } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { type Prover, Provers } from '../proofs/provers.js'
import { isRecoveryCode, takeRecoveryCode } from './recovery-codes.js'

@Injectable()
export class RecoveryCodeProver implements Prover {
  readonly proof = 'recovery-code'

  constructor(
    provers: Provers,
    private readonly accounts: AccountRepository,
    private readonly clock: Clock,
  ) {
    provers.register(this)
  }

  isOpenTo({ factors }: Account): boolean {
    return factors.recoveryCodes.length > 0
  }

  async prove({ id }: Account, { code }: identity.Evidence): Promise<boolean> {
    if (code === undefined || !isRecoveryCode(code)) return false
    let isTaken = false
    await this.accounts.change(id, (account) => {
      const decision = takeRecoveryCode(account, code, this.clock.now())
      isTaken = decision.changed
      return decision
    })
    return isTaken
  }
}
