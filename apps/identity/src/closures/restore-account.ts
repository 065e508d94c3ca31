import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { restoreAccount } from './closure.js'

@Injectable()
export class RestoreAccount {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly clock: Clock,
  ) {}

  async execute(accountId: string): Promise<void> {
    await this.accounts.change(accountId, (account) => restoreAccount(account, this.clock.now()))
  }
}
