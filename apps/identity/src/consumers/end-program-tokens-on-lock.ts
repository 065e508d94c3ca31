import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { EndProgramTokens } from '../program-tokens/end-program-tokens.js'

@EventConsumer()
export class EndProgramTokensOnLock {
  constructor(private readonly endTokens: EndProgramTokens) {}

  @On(identity.accountLocked, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof identity.accountLocked>): Promise<void> {
    await this.endTokens.refused(data.accountId)
  }
}
