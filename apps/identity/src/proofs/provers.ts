import type { identity, Proof } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'

export interface Prover {
  readonly proof: Proof
  isOpenTo(account: Account): boolean
  /** Resolves to false for evidence of another kind, too. */
  prove(account: Account, evidence: identity.Evidence, network?: string): Promise<boolean>
}

/** Everything that proves who somebody is; each prover adds itself when it is made. */
@Injectable()
export class Provers {
  private readonly all: Prover[] = []

  register(prover: Prover): void {
    this.all.push(prover)
  }

  of(account: Account): readonly Prover[] {
    return this.all.filter((prover) => prover.isOpenTo(account))
  }
}
