import type { ApiAnswer, ApiInput, identity } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import { OneTimeLinks } from '../links/one-time-links.js'
import { strangersClaim } from '../passwords/claim.js'
import { HashNewPassword } from '../passwords/hash-new-password.js'
import { PoliciesInForce } from '../policies/policies-in-force.js'
import { registerAccount } from '../accounts/account.js'
import { HandleTakenError } from '../accounts/account.errors.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { handleKeyOf, isReserved } from '../accounts/handle.js'
import { RetiredHandles } from '../retired-handles/retired-handles.repository.js'

/**
 * Creates the account even if somebody else has verified the address; only the mail differs. The answer therefore tells
 * nothing about the address (OWASP ASVS 5.0.0, 6.3.8).
 */
@Injectable()
export class RegisterAccount {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly policies: PoliciesInForce,
    private readonly hashNewPassword: HashNewPassword,
    private readonly links: OneTimeLinks,
    private readonly handles: RetiredHandles,
  ) {}

  async execute(
    id: string,
    input: ApiInput<typeof identity.registerAccount>['body'],
    network?: string,
  ): Promise<ApiAnswer<typeof identity.registerAccount>> {
    const { handle, email, password, fullName, locale, accepted } = input
    const answer = { id, handle, status: 'unverified' } as const
    if (await this.accounts.find(id)) return answer
    await this.policies.requireAccepted(accepted)
    if (isReserved(handle) || (await this.accounts.findByHandle(handle))) throw new HandleTakenError()
    const claim = strangersClaim(handleKeyOf(handle), network)
    const { passwordHash } = await this.hashNewPassword.execute(password, { handle, email }, 'password', claim)
    // Here, and not before the hash: a retired handle’s account is gone only after every registration of before has ended.
    if (await this.handles.isRetired(handleKeyOf(handle))) throw new HandleTakenError()
    const verification = this.links.request('verify-email')
    const registration = { id, handle, email, passwordHash, fullName, locale, accepted, verification }
    await this.accounts.insert(registerAccount(registration, verification.requestedAt))
    return answer
  }
}
