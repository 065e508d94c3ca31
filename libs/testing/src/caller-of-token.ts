import type { ServiceName } from '@mpics/contracts'
import { type CallerIdentity, UnauthenticatedError } from '@mpics/service-kit'
import { jwtVerify } from 'jose'
import { keys } from './keys.js'

/** Verifies an internal token as the service `audience` would, with other code than the one under test. */
export async function callerOfToken(authorization: string | undefined, audience: ServiceName): Promise<CallerIdentity> {
  const key = ({ kid }: { kid?: string }) =>
    keys().keySet.get(kid ?? '')?.[0] ?? Promise.reject(new UnauthenticatedError())
  const verified = await jwtVerify((authorization ?? '').replace(/^Bearer /, ''), key, {
    audience,
    algorithms: ['ES256'],
  }).catch(() => Promise.reject(new UnauthenticatedError()))
  const { iss, sub, sid, roles } = verified.payload as {
    iss: ServiceName
    sub?: string
    sid?: string
    roles?: string[]
  }
  return { service: iss, ...(sub && { member: { accountId: sub, sessionId: sid ?? '', roles: roles ?? [] } }) }
}
