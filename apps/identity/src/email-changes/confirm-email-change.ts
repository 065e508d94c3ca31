import { failPoint } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { LinkExpiredError } from '../accounts/account.errors.js'
import { AccountRepository } from '../accounts/account.repository.js'
import type { EmailChange } from '../accounts/email-change.js'
import { OneTimeLinks } from '../links/one-time-links.js'
import { SessionRepository } from '../sessions/session.repository.js'
import { confirmEmailChange } from './email-change.js'
import { SettleEmailChange } from './settle-email-change.js'

/** Where another account has verified the address meanwhile, the unique index refuses. */
@Injectable()
export class ConfirmEmailChange {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly links: OneTimeLinks,
    private readonly sessions: SessionRepository,
    private readonly settle: SettleEmailChange,
    private readonly clock: Clock,
  ) {}

  async execute(token: string): Promise<void> {
    const tokenHash = this.links.hash(token)
    const account = await this.accounts.findByEmailChangeToken('confirmation', tokenHash)
    if (!account?.emailChange) throw new LinkExpiredError()
    await this.requireAsker(account.emailChange)
    await this.accounts.change(account.id, (current) => confirmEmailChange(current, tokenHash, this.clock.now()))
    await failPoint('email-change.afterSave')
    await this.settle.execute(account.id)
  }

  /** Its owner, who ended the session that asked, wants nothing of what it asked for. */
  private async requireAsker({ sessionId, confirmedAt }: EmailChange): Promise<void> {
    if (confirmedAt) return
    const session = await this.sessions.find(sessionId)
    if (!session || session.endedBy === 'ended-elsewhere') throw new LinkExpiredError()
  }
}
