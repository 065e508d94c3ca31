import { Clock, Ids } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { decodeJwt, type JWTPayload } from 'jose'
import { IdentityConfig } from '../config.js'
import { signToken } from '../keys/sign-token.js'
import { signingKeyAt } from '../keys/signing-keys.js'
import { ACCESS_TOKEN_SECONDS } from './session.js'

export interface AccessTokenClaims {
  accountId: string
  sessionId: string
  roles: readonly string[]
  rolesVersion: number
  /** The first of the roles ends then, and the token with it. */
  rolesEndAt: Date | null
  unverified: boolean
  provedAt: Date
  closing: boolean
}

export interface ProgramTokenClaims {
  accountId: string
  tokenId: string
  scopes: readonly string[]
  expiresAt: Date
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

  sign({ accountId, sessionId, provedAt, unverified, closing, ...held }: AccessTokenClaims): string {
    const authenticated = { sid: sessionId, auth_time: Math.floor(provedAt.getTime() / 1000) }
    const claims = { ...authenticated, roles: held.roles, rv: held.rolesVersion, ...holding({ unverified, closing }) }
    return this.signed({ client_id: CLIENT_ID, sub: accountId, ...claims }, held.rolesEndAt)
  }

  /** The token of a program stands for a session, and holds no role but a member's. */
  signForProgram({ accountId, tokenId, scopes, expiresAt }: ProgramTokenClaims): string {
    const claims = { sid: tokenId, tid: tokenId, roles: ['member'], scope: scopes.join(' ') }
    return this.signed({ client_id: tokenId, sub: accountId, ...claims }, expiresAt)
  }

  private signed(claims: JWTPayload, until: Date | null): string {
    const now = this.clock.now()
    const iat = Math.floor(now.getTime() / 1000)
    const left = until ? Math.floor(until.getTime() / 1000) - iat : ACCESS_TOKEN_SECONDS
    const exp = iat + Math.max(1, Math.min(left, ACCESS_TOKEN_SECONDS))
    const of = { iss: this.config.PUBLIC_URL, aud: 'mpics', jti: this.ids.random(), iat, exp }
    return signToken(signingKeyAt(this.config.IDENTITY_SIGNING_KEYS, now), 'at+jwt', { ...claims, ...of })
  }
}

/** A claim that does not hold is left out. */
const holding = (states: Record<string, boolean>) =>
  Object.fromEntries(Object.entries(states).filter(([, holds]) => holds))

export function secondsOf(accessToken: string): number {
  const { iat = 0, exp = 0 } = decodeJwt(accessToken)
  return exp - iat
}
