import { type identity, unchanged } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { hasTotp } from '../accounts/factors.js'
import { type Prover, Provers } from '../proofs/provers.js'
import { takeTotpStep } from './totp.js'
import { isTotpCode, TotpCodes } from './totp-codes.js'

@Injectable()
export class TotpProver implements Prover {
  readonly proof = 'totp'

  constructor(
    provers: Provers,
    private readonly accounts: AccountRepository,
    private readonly codes: TotpCodes,
    private readonly clock: Clock,
  ) {
    provers.register(this)
  }

  isOpenTo(account: Account): boolean {
    return hasTotp(account)
  }

  /** Of two uses of one code at once the second finds the step taken, since it decides again. */
  async prove({ id }: Account, { code }: identity.Evidence): Promise<boolean> {
    if (code === undefined || !isTotpCode(code)) return false
    let isTaken = false
    await this.accounts.change(id, (account) => {
      const now = this.clock.now()
      const read = this.codes.read(account, code, now)
      const decision = read ? takeTotpStep(account, read.step, read.sealed, now) : unchanged(account)
      isTaken = decision.changed
      return decision
    })
    return isTaken
  }
}
