import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { EndSessions } from '../sessions/end-sessions.js'

/** The request ends the sessions itself; this consumer does it if the process died before that. */
@EventConsumer()
export class EndSessionsOnLock {
  constructor(private readonly endSessions: EndSessions) {}

  @On(identity.accountLocked, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof identity.accountLocked>): Promise<void> {
    await this.endSessions.unproven(data.accountId)
  }
}
