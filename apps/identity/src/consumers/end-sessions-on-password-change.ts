import { type Envelope, passwordChanged } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { EndSessions } from '../sessions/end-sessions.js'

/** The request that changes a password ends the sessions too; this makes sure of it when the process died in between. */
@EventConsumer()
export class EndSessionsOnPasswordChange {
  constructor(private readonly endSessions: EndSessions) {}

  @On(passwordChanged, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof passwordChanged>): Promise<void> {
    await this.endSessions.openedBefore(data.accountId, new Date(data.changedAt))
  }
}
