import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { EndSessions } from '../sessions/end-sessions.js'

/** The request ends the sessions itself; this consumer does it if the process died before that. */
@EventConsumer()
export class EndSessionsOnPasswordChange {
  constructor(private readonly endSessions: EndSessions) {}

  @On(identity.passwordChanged, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof identity.passwordChanged>): Promise<void> {
    await this.endSessions.unproven(data.accountId)
  }
}
