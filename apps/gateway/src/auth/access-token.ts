import type { MemberIdentity } from '@mpics/service-kit'
import { decodeProtectedHeader } from 'jose'
import { z } from 'zod'

/** Life of identity’s tokens. A longer one could outlive the revocations that a new replica reads back. */
export const ACCESS_TOKEN_SECONDS = 600
/** Allowed difference between the clocks of the hosts. */
export const CLOCK_TOLERANCE_SECONDS = 5
const MAX_TOKEN_LENGTH = 2_048

const claims = z
  .object({
    sub: z.uuid(),
    sid: z.uuid(),
    aud: z.literal('mpics'),
    roles: z.array(z.string().max(40)).max(20).default([]),
    rv: z.int().nonnegative().default(0),
    unverified: z.literal(true).optional(),
    closing: z.literal(true).optional(),
    tid: z.uuid().optional(),
    scope: z.string().max(1_000).optional(),
    iat: z.int(),
    exp: z.int(),
  })
  .refine(({ iat, exp }) => exp > iat && exp - iat <= ACCESS_TOKEN_SECONDS)
  .refine(({ sid, tid, scope }) => (tid === undefined ? scope === undefined : tid === sid && scope !== undefined))

export interface VerifiedToken {
  member: MemberIdentity
  expiresAt: number
  rolesVersion: number
  /** What a program may do; absent in the token of a person. */
  scopes?: readonly string[]
}

/** Reads a token whose signature is good; null if its claims are not those of an access token. */
export function readClaims(payload: unknown, now: number): VerifiedToken | null {
  const { data } = claims.safeParse(payload)
  if (!data || data.iat * 1000 > now + CLOCK_TOLERANCE_SECONDS * 1000) return null
  return {
    member: {
      accountId: data.sub,
      sessionId: data.sid,
      roles: data.roles,
      ...(data.unverified && { unverified: true }),
      ...(data.closing && { closing: true }),
    },
    expiresAt: data.exp * 1000,
    rolesVersion: data.rv,
    ...(data.scope !== undefined && { scopes: data.scope.split(' ') }),
  }
}

/**
 * Names the key of a token whose header is that of an access token (RFC 9068 §2.1, RFC 8725 §3.11). A header that carries
 * or locates a key of its own (`jku`, `x5u`, `jwk`, `x5c`) is refused.
 */
export function keyIdOf(token: string): string | null {
  if (token.length > MAX_TOKEN_LENGTH) return null
  try {
    const { alg, typ, kid, crit, jku, jwk, x5u, x5c } = decodeProtectedHeader(token)
    const plain = [crit, jku, jwk, x5u, x5c].every((member) => member === undefined)
    return plain && alg === 'ES256' && typ === 'at+jwt' && typeof kid === 'string' && /^[\w.-]{1,100}$/.test(kid)
      ? kid
      : null
  } catch {
    return null
  }
}
