import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import type { ServiceName } from '@mpics/contracts'

/** Signs this service's calls to others. */
export interface PrivateKey {
  readonly service: ServiceName
  readonly key: KeyObject
}

/** Public keys by service name (`kid`). */
export type KeySet = ReadonlyMap<string, KeyObject>

const isP256 = (jwk: JsonWebKey) => jwk.kty === 'EC' && jwk.crv === 'P-256'

export function parsePrivateKey(text: string): PrivateKey {
  const jwk = parse<JsonWebKey & { kid?: string }>(text)
  if (!isP256(jwk) || !jwk.d || !jwk.kid)
    throw new TypeError('expected one private ES256 key (P-256) as a JWK with a kid')
  return { service: jwk.kid as ServiceName, key: createPrivateKey({ key: jwk, format: 'jwk' }) }
}

export function parseKeySet(text: string): KeySet {
  const { keys } = parse<{ keys?: (JsonWebKey & { kid?: string })[] }>(text)
  if (!Array.isArray(keys) || keys.length === 0) throw new TypeError('expected a JWK set: {"keys":[…]}')
  return new Map(keys.map((jwk) => [kidOf(jwk), createPublicKey({ key: publicPart(jwk), format: 'jwk' })]))
}

function kidOf(jwk: JsonWebKey & { kid?: string }): string {
  if (!isP256(jwk) || !jwk.kid)
    throw new TypeError('expected every key of the set to be an ES256 key (P-256) with a kid')
  return jwk.kid
}

const publicPart = ({ kty, crv, x, y }: JsonWebKey): JsonWebKey => ({ kty, crv, x, y })

function parse<T>(text: string): T {
  try {
    return JSON.parse(text) as T
  } catch {
    throw new TypeError('expected JSON')
  }
}
