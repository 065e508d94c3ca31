import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Clock, Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { LinkExpiredError } from '../accounts/account.errors.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { isUsable } from '../links/link-request.js'
import { OneTimeLinks } from '../links/one-time-links.js'

/** Gives notifications the token for a mail. Only the newest request of an account has one. */
@Controller()
export class LinksController {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly links: OneTimeLinks,
    private readonly clock: Clock,
  ) {}

  @Endpoint(identity.deriveLink)
  async derive(
    @Input() { body }: ApiInput<typeof identity.deriveLink>,
  ): Promise<ApiAnswer<typeof identity.deriveLink>> {
    const { kind, accountId, requestId } = body
    const account = await this.accounts.get(accountId)
    const request = kind === 'verify-email' ? account.verification : account.reset
    const token = this.links.token(kind, requestId)
    if (!isUsable(request, this.links.hash(token), this.clock.now())) throw new LinkExpiredError()
    const isTaken = kind === 'verify-email' && (await this.accounts.isVerifiedByAnother(account))
    return { token: isTaken ? null : token, expiresAt: request.expiresAt.toISOString() }
  }
}
