import { Injectable } from '@nestjs/common'
import { MailAttempts } from '../attempts/mail-attempts.js'
import { OneTimeLinks } from '../links/one-time-links.js'
import { requestVerification } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'

@Injectable()
export class RequestVerificationMail {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly attempts: MailAttempts,
    private readonly links: OneTimeLinks,
  ) {}

  /** Makes the same number of writes whether or not an account has the address, so that timing tells nothing. */
  async execute(email: string): Promise<void> {
    const allowed = await this.attempts.admit('verify-email', email)
    const account = await this.accounts.findByEmail(email)
    if (!allowed || !account || account.emailVerifiedAt) return this.attempts.recordDecoy('verify-email', email)
    const link = this.links.request('verify-email')
    await this.accounts.change(account.id, (current) => requestVerification(current, link))
  }
}
