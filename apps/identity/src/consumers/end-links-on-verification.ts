import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { EndOtherLinks } from '../verification/end-other-links.js'

/** The request ends the links itself; this consumer does it if the process died before that. */
@EventConsumer()
export class EndLinksOnVerification {
  constructor(private readonly endOtherLinks: EndOtherLinks) {}

  @On(identity.emailVerified, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof identity.emailVerified>): Promise<void> {
    await this.endOtherLinks.execute(data.accountId)
  }
}
