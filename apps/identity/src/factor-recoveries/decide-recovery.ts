import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { LinkExpiredError } from '../accounts/account.errors.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { keptFactors } from '../authenticators/kept-factors.js'
import { OneTimeLinks } from '../links/one-time-links.js'
import { cancelRecovery, confirmRecovery } from './factor-recovery.js'

@Injectable()
export class DecideRecovery {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly links: OneTimeLinks,
    private readonly clock: Clock,
  ) {}

  async confirm(token: string): Promise<{ dueAt: string }> {
    const tokenHash = this.links.hash(token)
    const cancel = this.links.request('cancel-factor-recovery')
    const id = await this.idOf('confirm', tokenHash)
    const transition = { tokenHash, cancel }
    const { factors } = await this.accounts.change(id, (account) =>
      confirmRecovery(account, transition, this.clock.now()),
    )
    const dueAt = factors.recovery?.dueAt
    if (!dueAt) throw new LinkExpiredError()
    return { dueAt: dueAt.toISOString() }
  }

  async cancel(token: string): Promise<void> {
    const tokenHash = this.links.hash(token)
    const id = await this.idOf('cancel', tokenHash)
    await this.accounts.change(id, (account) => cancelRecovery(account, tokenHash, this.clock.now()))
  }

  async cancelOf(accountId: string): Promise<void> {
    await this.accounts.change(accountId, (account) => keptFactors(account, this.clock.now()))
  }

  private async idOf(link: 'confirm' | 'cancel', tokenHash: string): Promise<string> {
    const account = await this.accounts.findByRecoveryToken(link, tokenHash)
    if (!account) throw new LinkExpiredError()
    return account.id
  }
}
