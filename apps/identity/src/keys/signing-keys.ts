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
  /** When it begins to sign, in milliseconds since 1970; null for the one that signs until another begins. */
  readonly signsFrom: number | null
}

type PrivateJwk = JsonWebKey & { kid?: string; nbf?: unknown }

/** Without times the first key signs; the others are about to sign or about to retire. */
export type SigningKeys = readonly [SigningKey, ...SigningKey[]]

export function parseSigningKeys(text: string, min: number): SigningKeys {
  const { keys } = JSON.parse(text) as { keys?: PrivateJwk[] }
  if (!Array.isArray(keys) || keys.length < min) throw new TypeError(`expected a JWK set of at least ${min} keys`)
  const [first, ...rest] = keys.map(signingKeyOf)
  if (new Set(keys.map((key) => key.kid)).size < keys.length) throw new TypeError('expected every kid to be another')
  return [first as SigningKey, ...rest]
}

function signingKeyOf(jwk: PrivateJwk): SigningKey {
  const { kty, crv, x, y, d, kid, nbf } = jwk
  if (kty !== 'EC' || crv !== 'P-256' || !d || !x || !y || !kid)
    throw new TypeError('expected private ES256 keys (EC, P-256), each with a kid')
  if (nbf !== undefined && !Number.isSafeInteger(nbf)) throw new TypeError('expected nbf to be seconds since 1970')
  return {
    kid,
    signsFrom: nbf === undefined ? null : (nbf as number) * 1000,
    privateKey: createPrivateKey({ key: { kty, crv, x, y, d }, format: 'jwk' }),
    publicKey: createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' }),
    publicJwk: { kty, crv, x, y, kid, alg: 'ES256', use: 'sig' },
  }
}

/** The key whose time came last, so that replicas change over by themselves; the first one until then. */
export function signingKeyAt([first, ...rest]: SigningKeys, now: Date): SigningKey {
  const begins = ({ signsFrom }: SigningKey) => signsFrom ?? -Infinity
  const begun = rest.filter((key) => key.signsFrom !== null && key.signsFrom <= now.getTime())
  return begun.reduce((last, key) => (begins(key) > begins(last) ? key : last), first)
}
