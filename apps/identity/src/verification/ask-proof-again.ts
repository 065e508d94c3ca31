import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { proveAgain } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { OneTimeLinks } from '../links/one-time-links.js'

/** Mails a link to whoever proved an address in time that a restore has lost: the address may have been another one by then. */
@Injectable()
export class AskProofAgain {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly links: OneTimeLinks,
    private readonly clock: Clock,
  ) {}

  async execute(accountId: string): Promise<void> {
    if (!(await this.accounts.find(accountId))) return
    const link = this.links.request('verify-email')
    await this.accounts.change(accountId, (account) => proveAgain(account, link, this.clock.now()))
  }
}
