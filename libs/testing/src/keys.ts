import { generateKeyPairSync, type JsonWebKey } from 'node:crypto'
import { type ServiceName, serviceNames } from '@mpics/contracts'
import { Clock, type CommonConfig, InternalTokens, parseKeySet, parsePrivateKey, type KeySet } from '@mpics/service-kit'

export interface TestKeys {
  /** The value of INTERNAL_PRIVATE_KEY of a service. */
  privateKey(service: ServiceName): string
  /** The value of INTERNAL_PUBLIC_KEYS. */
  publicKeys: string
  keySet: KeySet
  /** An operator's signing key, and the value of OPERATOR_PUBLIC_KEYS that knows it. */
  operator: { privateKey: string; publicKeys: string }
  tokensOf(service: ServiceName): InternalTokens
}

let made: TestKeys | undefined

/** Internal keys of all services, the same for a whole test file. */
export const keys = (): TestKeys => (made ??= make())

function make(): TestKeys {
  const pairs = new Map(serviceNames.map((service) => [service, es256(service)]))
  const privateKey = (service: ServiceName) => JSON.stringify(pairs.get(service)?.private)
  const publicKeys = JSON.stringify({ keys: [...pairs.values()].map((pair) => pair.public) })
  const config = (service: ServiceName) =>
    ({ INTERNAL_PRIVATE_KEY: parsePrivateKey(privateKey(service)) }) as CommonConfig
  const tokens = new Map(serviceNames.map((service) => [service, new InternalTokens(config(service), new Clock())]))
  const operator = es256('ann')
  return {
    operator: { privateKey: JSON.stringify(operator.private), publicKeys: JSON.stringify({ keys: [operator.public] }) },
    privateKey,
    publicKeys,
    keySet: parseKeySet(publicKeys),
    tokensOf: (service) => tokens.get(service)!,
  }
}

/** A new ES256 key pair as JWKs. */
export function es256(kid: string): { private: JsonWebKey; public: JsonWebKey } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    private: { ...privateKey.export({ format: 'jwk' }), kid },
    public: { ...publicKey.export({ format: 'jwk' }), kid },
  }
}
