import { Clock, Ids } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { SignJWT } from 'jose'
import { IdentityConfig } from '../config.js'
import { ACCESS_TOKEN_SECONDS } from './session.js'

export interface AccessTokenClaims {
  accountId: string
  sessionId: string
  roles: readonly string[]
  unverified: boolean
  provedAt: Date
  closing: boolean
}

/** RFC 9068 §2.2 demands a client: whichever program a person logged in with. */
const CLIENT_ID = 'log-in'

/** Signs access tokens for this site as RFC 9068 defines them. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly config: IdentityConfig,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async sign({ accountId, sessionId, roles, provedAt, ...states }: AccessTokenClaims): Promise<string> {
    const [key] = this.config.IDENTITY_SIGNING_KEYS
    const issuedAt = Math.floor(this.clock.now().getTime() / 1000)
    const authenticated = { sid: sessionId, auth_time: Math.floor(provedAt.getTime() / 1000) }
    return new SignJWT({ client_id: CLIENT_ID, ...authenticated, roles, ...holding(states) })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.kid })
      .setIssuer(this.config.PUBLIC_URL)
      .setAudience('mpics')
      .setSubject(accountId)
      .setJti(this.ids.random())
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + ACCESS_TOKEN_SECONDS)
      .sign(key.privateKey)
  }
}

/** A claim that does not hold is left out. */
const holding = (states: Record<string, boolean>) =>
  Object.fromEntries(Object.entries(states).filter(([, holds]) => holds))
