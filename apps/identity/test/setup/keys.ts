import { generateKeyPairSync } from 'node:crypto'
import type { MemberIdentity } from '@mpics/service-kit'
import { importJWK, type JWK, SignJWT } from 'jose'

const services = ['gateway', 'identity', 'profiles', 'media', 'notifications', 'analytics'] as const
export type Service = (typeof services)[number]

export const newKey = (kid: string): JWK => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { ...(privateKey.export({ format: 'jwk' }) as JWK), kid }
}
export const setOf = (...keys: JWK[]) => JSON.stringify({ keys })

const internal = new Map(services.map((service) => [service, newKey(service)]))
const publicPart = ({ d: _, ...jwk }: JWK) => jwk

export const internalKeys = (service: Service) => ({
  INTERNAL_PRIVATE_KEY: JSON.stringify(internal.get(service)),
  INTERNAL_PUBLIC_KEYS: setOf(...[...internal.values()].map(publicPart)),
})

/** The token with which `service` calls identity. */
export async function internalToken(service: Service, member?: MemberIdentity): Promise<string> {
  const claims = member ? { sub: member.accountId, sid: member.sessionId, roles: [...member.roles] } : {}
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', typ: 'int+jwt', kid: service })
    .setIssuer(service)
    .setAudience('identity')
    .setIssuedAt()
    .setExpirationTime('60s')
    .sign(await importJWK(internal.get(service) as JWK, 'ES256'))
}
