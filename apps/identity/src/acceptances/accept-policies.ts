import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { acceptPolicies } from '../accounts/acceptance.js'
import type { Account } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { PoliciesInForce } from '../policies/policies-in-force.js'
import type { AcceptedPolicies } from '../policies/policy.js'

@Injectable()
export class AcceptPolicies {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly policies: PoliciesInForce,
    private readonly clock: Clock,
  ) {}

  /** The person accepts what they saw: where another version is in force by now, they are to see that one first. */
  async execute(accountId: string, shown: Partial<AcceptedPolicies>): Promise<Account> {
    await this.policies.requireCurrent(shown)
    return this.accounts.change(accountId, (account) => acceptPolicies(account, shown, this.clock.now()))
  }
}
