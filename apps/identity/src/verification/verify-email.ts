import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { OneTimeLinks } from '../links/one-time-links.js'
import { verifyEmail } from '../accounts/account.js'
import { LinkExpiredError } from '../accounts/account.errors.js'
import { statusOf } from '../accounts/account-status.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { RetiredHandles } from '../retired-handles/retired-handles.repository.js'
import { EndOtherLinks } from './end-other-links.js'

/** When several accounts have the same address, the unique index lets only one of them verify it. */
@Injectable()
export class VerifyEmail {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly links: OneTimeLinks,
    private readonly endOtherLinks: EndOtherLinks,
    private readonly handles: RetiredHandles,
    private readonly clock: Clock,
  ) {}

  async execute(token: string): Promise<void> {
    const tokenHash = this.links.hash(token)
    const account = await this.accounts.findByVerificationToken(tokenHash)
    if (!account || statusOf(account, this.clock.now()) === 'due') throw new LinkExpiredError()
    const verified = await this.accounts.change(account.id, (current) =>
      verifyEmail(current, tokenHash, this.clock.now()),
    )
    await this.handles.retire(verified)
    await this.endOtherLinks.execute(account.id)
  }
}
