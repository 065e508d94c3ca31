import { createPrivateKey, createPublicKey, hkdfSync, type JsonWebKey, type KeyObject } from 'node:crypto'
import type { ServiceName } from '@mpics/contracts'
import { type Overlapping, overlappingOf } from './overlapping.js'

/** Signs this service's calls to others. */
export interface PrivateKey {
  readonly service: ServiceName
  readonly key: KeyObject
  /** The next key, or former ones: they sign nothing, but the service still knows what it derived from them. */
  readonly others: readonly KeyObject[]
}

/** Public keys by service name (`kid`). Several of one service are valid at the same time while it changes its key. */
export type KeySet = ReadonlyMap<string, readonly KeyObject[]>

type NamedJwk = JsonWebKey & { kid?: string }

const isP256 = (jwk: JsonWebKey) => jwk.kty === 'EC' && jwk.crv === 'P-256'

/** Reads a private key, or a JWK set of several that belong to one service: the first one signs. */
export function parsePrivateKey(text: string): PrivateKey {
  const parsed = parse<NamedJwk & { keys?: NamedJwk[] }>(text)
  const [jwk = {}, ...others] = parsed.keys ?? [parsed]
  if (![jwk, ...others].every((one) => isP256(one) && one.d && one.kid && one.kid === jwk.kid))
    throw new TypeError('expected one private ES256 key (P-256) as a JWK with a kid, or a JWK set of them with one kid')
  return { service: jwk.kid as ServiceName, key: privateKeyOf(jwk), others: others.map(privateKeyOf) }
}

export function parseKeySet(text: string): KeySet {
  const { keys } = parse<{ keys?: NamedJwk[] }>(text)
  if (!Array.isArray(keys) || keys.length === 0) throw new TypeError('expected a JWK set: {"keys":[…]}')
  const byKid = Map.groupBy(keys, kidOf)
  return new Map([...byKid].map(([kid, jwks]) => [kid, jwks.map(publicKeyOf)]))
}

/** Symmetric keys for one purpose, derived from the private key (HKDF, RFC 5869), so that they need no variable of their own. */
export function derivedKeys({ key, others }: PrivateKey, purpose: string): Overlapping<Buffer> {
  const derive = (from: KeyObject) =>
    Buffer.from(hkdfSync('sha256', from.export({ format: 'jwk' }).d ?? '', '', purpose, 32))
  return overlappingOf([key, ...others], derive)
}

function kidOf(jwk: NamedJwk): string {
  if (!isP256(jwk) || !jwk.kid)
    throw new TypeError('expected every key of the set to be an ES256 key (P-256) with a kid')
  return jwk.kid
}

const privateKeyOf = (jwk: JsonWebKey): KeyObject => createPrivateKey({ key: jwk, format: 'jwk' })

const publicKeyOf = ({ kty, crv, x, y }: JsonWebKey): KeyObject =>
  createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' })

function parse<T>(text: string): T {
  try {
    return JSON.parse(text) as T
  } catch {
    throw new TypeError('expected JSON')
  }
}
