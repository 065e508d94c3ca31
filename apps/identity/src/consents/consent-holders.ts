import type { DomainError } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { AccountNotFoundError } from '../accounts/account.errors.js'
import { isHidden, statusOf } from '../accounts/account-status.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { ClosingGivesNothingError } from './consent.errors.js'

/** The accounts that may answer. */
@Injectable()
export class ConsentHolders {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly clock: Clock,
  ) {}

  async find(accountId: string): Promise<Account> {
    const account = await this.accounts.find(accountId)
    if (!account || statusOf(account, this.clock.now()) === 'due') throw new AccountNotFoundError()
    return account
  }

  /** Whether others may see them; without those that do not exist any more. */
  async hiddenById(accountIds: readonly string[]): Promise<ReadonlyMap<string, boolean>> {
    const now = this.clock.now()
    const found = (await this.accounts.findMany(accountIds)).filter((account) => statusOf(account, now) !== 'due')
    return new Map(found.map((account) => [account.id, isHidden(account)]))
  }

  /** Whoever is leaving gives nothing, and takes back whatever they like. */
  refusalOf(account: Account): DomainError | undefined {
    return isHidden(account) ? new ClosingGivesNothingError() : undefined
  }
}
