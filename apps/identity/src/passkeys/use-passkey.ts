import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { statusOf } from '../accounts/account-status.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { takePasskeyUse } from './passkey.js'
import { PasskeyRefusedError, PasskeyUnknownError } from './passkey.errors.js'
import { type Assertion, VerifyPasskey } from './verify-passkey.js'

@Injectable()
export class UsePasskey {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly verify: VerifyPasskey,
    private readonly clock: Clock,
  ) {}

  /** Resolves to the owner as they were before, whose credentials the passkey proved. */
  async execute(assertion: Assertion, ownerId?: string): Promise<Account> {
    const account = await this.accounts.findByPasskey(assertion.id)
    const passkey = account?.factors.passkeys.find(({ id }) => id === assertion.id)
    if (!account || !passkey || statusOf(account, this.clock.now()) === 'due') throw new PasskeyUnknownError()
    if (!isOwners(account, assertion, ownerId)) throw new PasskeyRefusedError()
    const use = await this.verify.used(assertion, passkey)
    let isTaken = false
    await this.accounts.change(account.id, (current) => {
      const decision = takePasskeyUse(current, use, this.clock.now())
      isTaken = decision.changed
      return decision
    })
    if (!isTaken) throw new PasskeyRefusedError()
    return account
  }
}

/** An authenticator that names somebody else than its passkey's owner is not trusted (WebAuthn Level 3, §7.2 step 6). */
function isOwners({ id, factors }: Account, { response }: Assertion, ownerId: string | undefined): boolean {
  if (ownerId !== undefined && ownerId !== id) return false
  return !response.userHandle || response.userHandle === factors.userHandle
}
