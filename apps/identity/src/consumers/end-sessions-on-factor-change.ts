import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { EndSessions } from '../sessions/end-sessions.js'

/** Whatever moved the factors ends the sessions itself; this consumer does it if the process died before that. */
@EventConsumer()
export class EndSessionsOnFactorChange {
  constructor(private readonly endSessions: EndSessions) {}

  @On(identity.factorAdded, { idempotence: 'natural' })
  async added({ data }: Envelope<typeof identity.factorAdded>): Promise<void> {
    await this.endSessions.unproven(data.accountId)
  }

  @On(identity.factorRemoved, { idempotence: 'natural' })
  async removed({ data }: Envelope<typeof identity.factorRemoved>): Promise<void> {
    await this.endSessions.unproven(data.accountId)
  }

  @On(identity.factorRecoveryFinished, { idempotence: 'natural' })
  async lost({ data }: Envelope<typeof identity.factorRecoveryFinished>): Promise<void> {
    await this.endSessions.unproven(data.accountId)
  }
}
