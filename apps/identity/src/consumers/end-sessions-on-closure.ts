import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { EndSessions } from '../sessions/end-sessions.js'

/** The request ends the sessions itself; this consumer does it if the process died before that. Those of the grace prove later credentials. */
@EventConsumer()
export class EndSessionsOnClosure {
  constructor(private readonly endSessions: EndSessions) {}

  @On(identity.closureRequested, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof identity.closureRequested>): Promise<void> {
    await this.endSessions.unproven(data.accountId)
  }
}
