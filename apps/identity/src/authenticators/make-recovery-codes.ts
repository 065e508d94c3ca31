import { randomBytes } from 'node:crypto'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { type ProvedMember, whileProved } from '../proofs/proved-member.js'
import { newRecoveryCodes, replaceRecoveryCodes } from './recovery-codes.js'

@Injectable()
export class MakeRecoveryCodes {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly clock: Clock,
  ) {}

  async execute(member: ProvedMember): Promise<string[]> {
    const codes = newRecoveryCodes(randomBytes)
    const replace = whileProved(member, (account) => replaceRecoveryCodes(account, codes, this.clock.now()))
    await this.accounts.change(member.accountId, replace)
    return codes
  }
}
