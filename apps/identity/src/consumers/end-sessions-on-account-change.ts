import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { EndSessions } from '../sessions/end-sessions.js'

const moving = [
  identity.passwordChanged,
  identity.factorAdded,
  identity.factorRemoved,
  identity.factorRecoveryFinished,
  identity.accountLocked,
  identity.closureRequested,
]

/**
 * Whatever moved the credentials ends the sessions itself; this consumer does it if the process died before that. The sessions of a
 * closing's grace prove later credentials.
 */
@EventConsumer()
export class EndSessionsOnAccountChange {
  constructor(private readonly endSessions: EndSessions) {}

  @On(moving, { idempotence: 'natural' })
  async moved({ data }: Envelope<(typeof moving)[number]>): Promise<void> {
    await this.endSessions.unproven(data.accountId)
  }
}
