import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Claim } from './claim.js'
import { PasswordHasher } from './password-hasher.js'
import { type PasswordOwner, requireGoodPassword } from './password-policy.js'

export interface HashedPassword {
  passwordHash: string
  hashedAt: Date
}

@Injectable()
export class HashNewPassword {
  constructor(
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  /** Refuses a weak password; `field` is its path in the input. */
  async execute(password: string, owner: PasswordOwner, field: string, claim: Claim): Promise<HashedPassword> {
    requireGoodPassword(password, owner, field)
    const passwordHash = await this.hasher.hash(password, claim)
    return { passwordHash, hashedAt: this.clock.now() }
  }
}
