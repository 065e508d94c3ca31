import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { Restores } from '@mpics/mongo'
import { AskProofAgain } from '../verification/ask-proof-again.js'

@EventConsumer()
export class AskProofAfterRestore {
  constructor(
    private readonly asking: AskProofAgain,
    private readonly restores: Restores,
  ) {}

  @On(identity.emailVerified, { idempotence: 'once', ofLost: true })
  async handle({ time, data }: Envelope<typeof identity.emailVerified>): Promise<void> {
    if (this.restores.isLost(new Date(time))) await this.asking.execute(data.accountId)
  }
}
