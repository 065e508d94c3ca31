import { Injectable } from '@nestjs/common'
import { MailAttempts } from '../attempts/mail-attempts.js'
import { OneTimeLinks } from '../links/one-time-links.js'
import { ResetRequestRepository } from './reset-request.repository.js'

@Injectable()
export class RequestPasswordReset {
  constructor(
    private readonly attempts: MailAttempts,
    private readonly links: OneTimeLinks,
    private readonly requests: ResetRequestRepository,
  ) {}

  /** Does not look for an account, so that neither the answer nor its time tells whether there is one. */
  async execute(email: string): Promise<void> {
    if (!(await this.attempts.admit('reset-password', email))) return
    await this.requests.insert({ email, link: this.links.request('reset-password') })
  }
}
