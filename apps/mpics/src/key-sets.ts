import { type ServiceName, serviceNames } from '@mpics/contracts'
import { KEEPERS } from './services.js'
import { dkimKey, type KeyPair, keyPair, keySet, privateKeys, randomSecret } from './new-keys.js'

/** Lines of an env file, by variable. */
export type Variables = Record<string, string>

/** Secrets of one service alone, each with a maker of its next value. */
const ownSecrets: Partial<Record<ServiceName, Record<string, (count?: number) => string>>> = {
  gateway: { GATEWAY_VISITOR_KEY: randomSecret },
  identity: {
    IDENTITY_SECRET: randomSecret,
    IDENTITY_HANDLE_KEY: randomSecret,
    // two, so that each gateway knows the second before it signs
    IDENTITY_SIGNING_KEYS: (count = 2) => privateKeys('access', count),
    IDENTITY_RECEIPT_KEYS: (count = 1) => privateKeys('receipt', count),
  },
  media: { MEDIA_LINK_KEY: randomSecret },
  notifications: { NOTIFICATIONS_LINK_KEY: randomSecret },
  analytics: { ANALYTICS_VISITOR_KEY: randomSecret },
}

export interface Installation {
  services: Record<ServiceName, Variables>
  operator: KeyPair
  dkimRecord?: string
}

/** Every secret of a new installation that is of our own making; addresses and passwords of other servers are not. */
export function newInstallation(operatorName: string, dkim?: { domain: string; selector: string }): Installation {
  const operator = keyPair(operatorName)
  const pairs = serviceNames.map((name) => [name, keyPair(name)] as const)
  const trusted = keySet(pairs.map(([, pair]) => pair.public))
  const services = Object.fromEntries(
    pairs.map(([name, pair]): [string, Variables] => [
      name,
      {
        INTERNAL_PRIVATE_KEY: JSON.stringify(pair.private),
        INTERNAL_PUBLIC_KEYS: trusted,
        ...((KEEPERS as readonly string[]).includes(name) && { OPERATOR_PUBLIC_KEYS: keySet([operator.public]) }),
        ...madeFor(name),
      },
    ]),
  ) as Record<ServiceName, Variables>
  if (!dkim) return { services, operator }
  const { value, record } = dkimKey(dkim.domain, dkim.selector)
  services.notifications['NOTIFICATIONS_DKIM'] = value
  return { services, operator, dkimRecord: record }
}

const madeFor = (name: ServiceName): Variables =>
  Object.fromEntries(Object.entries(ownSecrets[name] ?? {}).map(([variable, make]) => [variable, make()]))

/** The next value of one secret, which joins the former one for a while. */
export function nextOf(variable: string): string | undefined {
  return Object.values(ownSecrets)
    .find((made) => variable in made)
    ?.[variable]?.(1)
}

export const replaceable: readonly string[] = Object.values(ownSecrets).flatMap((made) => Object.keys(made))
