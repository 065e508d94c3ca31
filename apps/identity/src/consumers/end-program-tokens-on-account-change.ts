import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { EndProgramTokens } from '../program-tokens/end-program-tokens.js'

interface Change {
  data: { accountId: string }
}

/** No exchange takes such a token any more; this ends the access tokens that gateways hold for it. */
@EventConsumer()
export class EndProgramTokensOnAccountChange {
  constructor(private readonly endTokens: EndProgramTokens) {}

  @On(identity.passwordChanged, { idempotence: 'natural' })
  passwordChanged(event: Envelope<typeof identity.passwordChanged>): Promise<void> {
    return this.end(event)
  }

  @On(identity.accountLocked, { idempotence: 'natural' })
  locked(event: Envelope<typeof identity.accountLocked>): Promise<void> {
    return this.end(event)
  }

  @On(identity.closureRequested, { idempotence: 'natural' })
  closing(event: Envelope<typeof identity.closureRequested>): Promise<void> {
    return this.end(event)
  }

  private async end({ data }: Change): Promise<void> {
    await this.endTokens.refused(data.accountId)
  }
}
