import { Injectable } from '@nestjs/common'
import { requestPasswordReset } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { MailAttempts } from '../attempts/mail-attempts.js'
import { OneTimeLinks } from '../links/one-time-links.js'

@Injectable()
export class RequestPasswordReset {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly attempts: MailAttempts,
    private readonly links: OneTimeLinks,
  ) {}

  /** Makes the same number of writes whether or not an account has verified the address. */
  async execute(email: string): Promise<void> {
    const allowed = await this.attempts.admit('reset-password', email)
    const account = await this.accounts.findByVerifiedEmail(email)
    if (!allowed || !account) return this.attempts.recordDecoy('reset-password', email)
    const link = this.links.request('reset-password')
    await this.accounts.change(account.id, (current) => requestPasswordReset(current, link))
  }
}
