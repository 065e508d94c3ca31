import { randomBytes } from 'node:crypto'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { endPassword } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { ownersClaim } from '../passwords/claim.js'
import { PasswordHasher } from '../passwords/password-hasher.js'

const SECRET_BYTES = 32

/** Puts in the place of a password one that nobody knows: a mailed link sets another. */
@Injectable()
export class EndPassword {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  /** One that was set since `changedAt` stays. */
  async execute(accountId: string, changedAt: Date): Promise<void> {
    const known = await this.accounts.find(accountId)
    if (!known || known.passwordChangedAt > changedAt) return
    const secret = randomBytes(SECRET_BYTES).toString('base64url')
    const passwordHash = await this.hasher.hash(secret, ownersClaim(accountId))
    await this.accounts.change(accountId, (account) =>
      endPassword(account, { passwordHash, changedAt }, this.clock.now()),
    )
  }
}
