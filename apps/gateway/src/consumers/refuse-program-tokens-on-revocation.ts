import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { ACCESS_TOKEN_SECONDS } from '../auth/access-token.js'
import { EndedSessions } from '../auth/ended-sessions.js'
import { EXACT_READ_BACK_MS } from './for-caches.js'

/** The access tokens of a program name its token as their session. */
@EventConsumer()
export class RefuseProgramTokensOnRevocation {
  constructor(private readonly ended: EndedSessions) {}

  @On(identity.programTokenRevoked, {
    idempotence: 'natural',
    delivery: 'every-replica',
    readBackMs: EXACT_READ_BACK_MS,
  })
  async handle({ data, time }: Envelope<typeof identity.programTokenRevoked>): Promise<void> {
    this.ended.add(data.tokenId, Date.parse(time) + ACCESS_TOKEN_SECONDS * 1000)
  }
}
