import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { PasswordHasher } from './password-hasher.js'
import { type PasswordOwner, requireGoodPassword } from './password-policy.js'

export interface HashedPassword {
  passwordHash: string
  hashedAt: Date
}

/** Checks and hashes a password that somebody chose. `field`: its path in the input. */
@Injectable()
export class NewPasswords {
  constructor(
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  async hash(password: string, owner: PasswordOwner, field: string): Promise<HashedPassword> {
    requireGoodPassword(password, owner, field)
    const passwordHash = await this.hasher.hash(password)
    return { passwordHash, hashedAt: this.clock.now() }
  }
}
