import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { LinkExpiredError } from '../accounts/account.errors.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { OneTimeLinks } from '../links/one-time-links.js'
import { freezeEmailChange } from './email-change.js'

@Injectable()
export class FreezeEmailChange {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly links: OneTimeLinks,
    private readonly clock: Clock,
  ) {}

  async execute(token: string): Promise<void> {
    const tokenHash = this.links.hash(token)
    const account = await this.accounts.findByEmailChangeToken('freezing', tokenHash)
    if (!account) throw new LinkExpiredError()
    await this.accounts.change(account.id, (current) => freezeEmailChange(current, tokenHash, this.clock.now()))
  }
}
