import { Injectable } from '@nestjs/common'
import { MailAttempts } from '../attempts/mail-attempts.js'
import { OneTimeLinks } from '../links/one-time-links.js'
import { requestVerification } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'

/** One mail lists accounts that wait for the proof of the address, so that the next to be listed asks for all. */
@Injectable()
export class RequestVerificationMail {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly attempts: MailAttempts,
    private readonly links: OneTimeLinks,
  ) {}

  /** Makes the same number of writes whether or not an account has the address, so that timing tells nothing. */
  async execute(email: string): Promise<void> {
    const link = this.links.request('verify-email')
    const account = await this.accounts.findPending(email)
    if (!account || !requestVerification(account, link).changed) return this.attempts.recordDecoy('verify-email', email)
    await this.accounts.change(account.id, (current) => requestVerification(current, link))
  }
}
