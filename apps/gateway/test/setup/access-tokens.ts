import { randomUUID, type JsonWebKey } from 'node:crypto'
import { es256 } from '@mpics/testing'
import { importJWK, SignJWT } from 'jose'

export const PUBLIC_URL = 'http://localhost:8080'
const KID = 'signing-1'
const pair = es256(KID)

/** As identity publishes it. */
export const publishedKey = {
  ...(pair.public as { x: string; y: string }),
  kty: 'EC',
  crv: 'P-256',
  kid: KID,
  alg: 'ES256',
  use: 'sig',
} as const
const signingJwk: JsonWebKey = pair.private

export interface Claims {
  [name: string]: unknown
  sub?: string
  sid?: string
}

export const now = () => Math.floor(Date.now() / 1000)

/** An access token as identity signs it, but for the given differences; undefined takes a member out. */
export async function accessToken(claims: Claims = {}, header: Record<string, unknown> = {}, key = signingJwk) {
  const all = {
    iss: PUBLIC_URL,
    aud: 'mpics',
    client_id: 'log-in',
    jti: randomUUID(),
    sub: randomUUID(),
    sid: randomUUID(),
    roles: ['member'],
    iat: now(),
    exp: now() + 600,
    ...claims,
  }
  return new SignJWT(all)
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: KID, ...header })
    .sign(await importJWK(key as Parameters<typeof importJWK>[0], 'ES256'))
}
