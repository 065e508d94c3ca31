import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { EndSessions } from '../sessions/end-sessions.js'

interface Change {
  data: { accountId: string }
}

/**
 * Whatever moved the credentials ends the sessions itself; this consumer does it if the process died before that. The sessions of a
 * closing's grace prove later credentials.
 */
@EventConsumer()
export class EndSessionsOnAccountChange {
  constructor(private readonly endSessions: EndSessions) {}

  @On(identity.passwordChanged, { idempotence: 'natural' })
  passwordChanged(event: Envelope<typeof identity.passwordChanged>): Promise<void> {
    return this.end(event)
  }

  @On(identity.factorAdded, { idempotence: 'natural' })
  factorAdded(event: Envelope<typeof identity.factorAdded>): Promise<void> {
    return this.end(event)
  }

  @On(identity.factorRemoved, { idempotence: 'natural' })
  factorRemoved(event: Envelope<typeof identity.factorRemoved>): Promise<void> {
    return this.end(event)
  }

  @On(identity.factorRecoveryFinished, { idempotence: 'natural' })
  factorLost(event: Envelope<typeof identity.factorRecoveryFinished>): Promise<void> {
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
    await this.endSessions.unproven(data.accountId)
  }
}
