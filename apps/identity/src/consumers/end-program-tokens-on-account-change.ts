import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { EndProgramTokens } from '../program-tokens/end-program-tokens.js'

const refusing = [identity.passwordChanged, identity.accountLocked, identity.closureRequested]

/** No exchange takes such a token any more; this ends the access tokens that gateways hold for it. */
@EventConsumer()
export class EndProgramTokensOnAccountChange {
  constructor(private readonly endTokens: EndProgramTokens) {}

  @On(refusing, { idempotence: 'natural' })
  async refused({ data }: Envelope<(typeof refusing)[number]>): Promise<void> {
    await this.endTokens.refused(data.accountId)
  }
}
