import { Injectable } from '@nestjs/common'
import { MailAttempts } from '../attempts/mail-attempts.js'
import { OneTimeLinks } from '../links/one-time-links.js'
import { ResetRequestRepository } from './reset-request.repository.js'
import { SendRequestedResets } from './send-requested-resets.js'

@Injectable()
export class RequestPasswordReset {
  constructor(
    private readonly attempts: MailAttempts,
    private readonly links: OneTimeLinks,
    private readonly requests: ResetRequestRepository,
    private readonly sending: SendRequestedResets,
  ) {}

  /**
   * Does not look for an account, so that neither the answer nor its time tells whether there is one. Whoever dies after the request
   * was counted has held it before, so that no count is without a mail.
   */
  async execute(email: string): Promise<void> {
    const request = { email, link: this.links.request('reset-password') }
    await this.requests.hold(request)
    if (await this.attempts.admit('reset-password', email)) await this.requests.release(request)
    else await this.requests.remove([request])
    this.sending.expectOne()
  }
}
