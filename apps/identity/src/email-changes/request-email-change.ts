import { Clock, type MemberIdentity, RateLimitedError } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { credentialsOf } from '../accounts/credentials.js'
import { MailAttempts } from '../attempts/mail-attempts.js'
import { OneTimeLinks } from '../links/one-time-links.js'
import { ProofFailedError } from '../proofs/proof.errors.js'
import { Prove } from '../proofs/prove.js'
import { requestEmailChange } from './email-change.js'

/** `MAIL_BACKOFF` admits one in this time. */
const WAIT_SECONDS = 30 * 60

@Injectable()
export class RequestEmailChange {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly proving: Prove,
    private readonly attempts: MailAttempts,
    private readonly links: OneTimeLinks,
    private readonly clock: Clock,
  ) {}

  /** Does not look whether another account has the address: only the mail that is not sent tells (OWASP ASVS 5.0.0, 6.3.8). */
  async execute(
    member: MemberIdentity,
    { currentPassword, newEmail }: { currentPassword: string; newEmail: string },
    network?: string,
  ): Promise<void> {
    const proved = await this.proving.execute(member, { password: currentPassword }, network)
    await this.requirePlace(proved)
    const confirmation = this.links.request('confirm-email')
    const freezing = this.links.request('freeze-email', confirmation.id)
    const verification = this.links.request('verify-email')
    const request = { email: newEmail, sessionId: member.sessionId, confirmation, freezing, verification }
    await this.accounts.change(member.accountId, (account) => {
      if (credentialsOf(account) !== credentialsOf(proved)) throw new ProofFailedError()
      return requestEmailChange(account, request, this.clock.now())
    })
  }

  /** The notices to the present address never wait, so that an account that changes it again and again has to. */
  private async requirePlace({ id }: Account): Promise<void> {
    if (!(await this.attempts.admit('freeze-email', id))) throw new RateLimitedError(WAIT_SECONDS)
  }
}
