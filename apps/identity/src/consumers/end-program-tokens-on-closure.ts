import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { EndProgramTokens } from '../program-tokens/end-program-tokens.js'

@EventConsumer()
export class EndProgramTokensOnClosure {
  constructor(private readonly endTokens: EndProgramTokens) {}

  @On(identity.closureRequested, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof identity.closureRequested>): Promise<void> {
    await this.endTokens.refused(data.accountId)
  }
}
