import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'

export interface PublicJwk {
  kty: 'EC'
  crv: 'P-256'
  x: string
  y: string
  kid: string
  alg: 'ES256'
  use: 'sig'
}

export interface SigningKey {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly publicJwk: PublicJwk
}

/** The first key signs; the others are about to sign or about to retire. */
export type SigningKeys = readonly [SigningKey, ...SigningKey[]]

export function parseSigningKeys(text: string, min: number): SigningKeys {
  const { keys } = JSON.parse(text) as { keys?: (JsonWebKey & { kid?: string })[] }
  if (!Array.isArray(keys) || keys.length < min) throw new TypeError(`expected a JWK set of at least ${min} keys`)
  const [first, ...rest] = keys.map(signingKeyOf)
  if (new Set(keys.map((key) => key.kid)).size < keys.length) throw new TypeError('expected every kid to be another')
  return [first as SigningKey, ...rest]
}

function signingKeyOf(jwk: JsonWebKey & { kid?: string }): SigningKey {
  const { kty, crv, x, y, d, kid } = jwk
  if (kty !== 'EC' || crv !== 'P-256' || !d || !x || !y || !kid)
    throw new TypeError('expected private ES256 keys (EC, P-256), each with a kid')
  return {
    kid,
    privateKey: createPrivateKey({ key: { kty, crv, x, y, d }, format: 'jwk' }),
    publicKey: createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' }),
    publicJwk: { kty, crv, x, y, kid, alg: 'ES256', use: 'sig' },
  }
}
