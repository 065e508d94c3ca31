import type { identity } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { ownersClaim } from '../passwords/claim.js'
import { PasswordHasher } from '../passwords/password-hasher.js'
import { type Prover, Provers } from './provers.js'

@Injectable()
export class PasswordProver implements Prover {
  readonly proof = 'password'

  constructor(
    provers: Provers,
    private readonly hasher: PasswordHasher,
  ) {
    provers.register(this)
  }

  isOpenTo(): boolean {
    return true
  }

  async prove({ id, passwordHash }: Account, { password }: identity.Evidence, network?: string): Promise<boolean> {
    return password !== undefined && this.hasher.verify(passwordHash, password, ownersClaim(id, network))
  }
}
