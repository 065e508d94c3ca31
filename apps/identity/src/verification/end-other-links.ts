import { Injectable } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'

/** Ends the links of the other accounts to an address that this account has verified. Safe to repeat, and late. */
@Injectable()
export class EndOtherLinks {
  constructor(private readonly accounts: AccountRepository) {}

  async execute(accountId: string): Promise<void> {
    const account = await this.accounts.find(accountId)
    if (account?.emailVerifiedAt) await this.accounts.endOtherLinks(account)
  }
}
