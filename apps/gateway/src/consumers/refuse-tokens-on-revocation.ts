import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { ACCESS_TOKEN_SECONDS } from '../auth/access-token.js'
import { EndedSessions } from '../auth/ended-sessions.js'

/**
 * A new replica must know every ended session whose tokens could still be good. Its fact says the hour in which it ended; the
 * minute covers clocks that differ.
 */
const READ_BACK_MS = (3600 + ACCESS_TOKEN_SECONDS + 60) * 1000

@EventConsumer()
export class RefuseTokensOnRevocation {
  constructor(private readonly ended: EndedSessions) {}

  @On(identity.sessionRevoked, { idempotence: 'natural', delivery: 'every-replica', readBackMs: READ_BACK_MS })
  async handle({ data }: Envelope<typeof identity.sessionRevoked>): Promise<void> {
    this.ended.add(data.sessionId, Date.parse(data.expiresAt))
  }
}
