import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { EndProgramTokens } from '../program-tokens/end-program-tokens.js'

/** No exchange takes such a token any more; this ends the access tokens that gateways hold for it. */
@EventConsumer()
export class EndProgramTokensOnPasswordChange {
  constructor(private readonly endTokens: EndProgramTokens) {}

  @On(identity.passwordChanged, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof identity.passwordChanged>): Promise<void> {
    await this.endTokens.refused(data.accountId)
  }
}
