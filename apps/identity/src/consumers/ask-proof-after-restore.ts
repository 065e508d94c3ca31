import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { AskProofAgain } from '../verification/ask-proof-again.js'
import { again } from './again.js'

@EventConsumer()
export class AskProofAfterRestore {
  constructor(private readonly asking: AskProofAgain) {}

  @On(identity.emailVerified, again)
  async handle({ data }: Envelope<typeof identity.emailVerified>): Promise<void> {
    await this.asking.execute(data.accountId)
  }
}
