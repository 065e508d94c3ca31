import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { AccountRepository } from '../accounts/account.repository.js'
import { RetiredHandles } from '../retired-handles/retired-handles.repository.js'
import { EndOtherLinks } from '../verification/end-other-links.js'

/** The request does all of this itself; this consumer does it if the process died before that. */
@EventConsumer()
export class EndLinksOnVerification {
  constructor(
    private readonly endOtherLinks: EndOtherLinks,
    private readonly accounts: AccountRepository,
    private readonly handles: RetiredHandles,
  ) {}

  @On(identity.emailVerified, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof identity.emailVerified>): Promise<void> {
    await this.endOtherLinks.execute(data.accountId)
    const account = await this.accounts.find(data.accountId)
    if (account) await this.handles.retire(account)
  }
}
