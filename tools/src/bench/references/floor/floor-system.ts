import { identity } from '@mpics/contracts'
import { createTopics } from '@mpics/eventing'
import { exportJWK, generateKeyPair } from 'jose'
import type { Service } from '../../../environment/system/services.js'
import type { System } from '../../../environment/system/system.js'

/** What floors need of a system, to stand beside its services over the same documents. */
export type FloorSystem = Pick<System, 'gatewayUrl' | 'prefix' | 'stack'> & {
  services: Record<Service, Pick<System['services'][Service], 'env'>>
}

/** By which one process of a floor knows another. */
export async function pairOfKeys() {
  const pair = await generateKeyPair('ES256', { extractable: true })
  const [publicKey, privateKey] = await Promise.all([exportJWK(pair.publicKey), exportJWK(pair.privateKey)])
  return { publicKey, privateKey }
}

/** What a floor stands on: topics of its own that begin with `topics`, the keys that members' tokens are signed with, and a pair of its own. */
export async function groundOf({ gatewayUrl, prefix, stack }: FloorSystem, name: string) {
  const [brokers, topics] = [stack.kafkaBrokers, `${prefix}${name}-`]
  await createTopics({ brokers: brokers.split(','), prefix: topics })
  const keys: unknown = await (await fetch(new URL(identity.getSigningKeys.path, gatewayUrl))).json()
  return { brokers, topics, keys, ...(await pairOfKeys()) }
}
