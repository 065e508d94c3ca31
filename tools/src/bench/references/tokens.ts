import type { CryptoKey, JWTVerifyGetKey } from 'jose'
import { jwtVerify, SignJWT } from 'jose'

const MAX_KNOWN = 1_000
const REUSE_MS = 30_000

/** Verifies a token once, and remembers whose it is and until when it is good. */
export function verifying(keys: JWTVerifyGetKey | CryptoKey) {
  const known = new Map<string, { subject: string; until: number }>()
  return async (authorization = ''): Promise<string> => {
    const before = known.get(authorization)
    if (before && before.until > Date.now()) return before.subject
    const { sub: subject = '', exp } = await verified(authorization.slice('Bearer '.length), keys)
    if (known.size >= MAX_KNOWN) known.clear()
    known.set(authorization, { subject, until: exp! * 1000 })
    return subject
  }
}

async function verified(token: string, keys: JWTVerifyGetKey | CryptoKey) {
  const options = { requiredClaims: ['exp'] }
  const { payload } = await (
    typeof keys === 'function' ? jwtVerify(token, keys, options) : jwtVerify(token, keys, options)
  ).catch(() => {
    throw Object.assign(new Error('no good token'), { statusCode: 401 })
  })
  return payload
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
