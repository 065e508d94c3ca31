import { randomBytes } from 'node:crypto'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { newRecoveryCodes, replaceRecoveryCodes } from './recovery-codes.js'

@Injectable()
export class MakeRecoveryCodes {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly clock: Clock,
  ) {}

  async execute(accountId: string): Promise<string[]> {
    const codes = newRecoveryCodes(randomBytes)
    await this.accounts.change(accountId, (account) => replaceRecoveryCodes(account, codes, this.clock.now()))
    return codes
  }
}
