import type { ApiAnswer, identity } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { LinkExpiredError } from '../accounts/account.errors.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { isUsable } from '../links/link-request.js'
import { OneTimeLinks } from '../links/one-time-links.js'

/** Says which account a link would verify, so that its holder can tell their own from that of a stranger. */
@Injectable()
export class DescribeVerification {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly links: OneTimeLinks,
    private readonly clock: Clock,
  ) {}

  async execute(token: string): Promise<ApiAnswer<typeof identity.describeVerification>> {
    const tokenHash = this.links.hash(token)
    const account = await this.accounts.findByVerificationToken(tokenHash)
    if (!account || !isUsable(account.verification, tokenHash, this.clock.now())) throw new LinkExpiredError()
    return { handle: account.handle, registeredAt: account.registeredAt.toISOString() }
  }
}
