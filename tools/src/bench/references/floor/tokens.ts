import type { CryptoKey, JWTVerifyGetKey } from 'jose'
import { jwtVerify, SignJWT } from 'jose'

const MAX_KNOWN = 1_000
const REUSE_MS = 30_000

/** Verifies a token once, and remembers until when it is good. */
export function verifying(keys: JWTVerifyGetKey | CryptoKey) {
  const known = new Map<string, number>()
  return async (authorization = ''): Promise<void> => {
    if ((known.get(authorization) ?? 0) > Date.now()) return
    const token = authorization.slice('Bearer '.length)
    const { payload } = await (typeof keys === 'function' ? jwtVerify(token, keys) : jwtVerify(token, keys))
    if (known.size >= MAX_KNOWN) known.clear()
    known.set(authorization, payload.exp! * 1000)
  }
}

/** The token of calls to one service, made anew when half of its life is over. */
export function minting(key: CryptoKey, audience: string) {
  let made = { authorization: '', at: 0 }
  return async (): Promise<string> => {
    if (made.at + REUSE_MS > Date.now()) return made.authorization
    const jwt = new SignJWT().setProtectedHeader({ alg: 'ES256' }).setAudience(audience)
    made = { authorization: `Bearer ${await jwt.setExpirationTime('60s').sign(key)}`, at: Date.now() }
    return made.authorization
  }
}
