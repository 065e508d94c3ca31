import { randomUUID } from 'node:crypto'
import type { ServiceName } from '@mpics/contracts'
import type { MemberIdentity } from '@mpics/service-kit'
import supertest, { type Test } from 'supertest'
import { keys } from './keys.js'

type Call = (path: string) => Test
export type Client = Record<'get' | 'post' | 'put' | 'patch' | 'delete', Call>

/** A logged-in account's id, or more of its identity where it matters. */
export type TestMember = string | (Partial<MemberIdentity> & { accountId: string })

export function memberIdentity(member: TestMember): MemberIdentity {
  const given = typeof member === 'string' ? { accountId: member } : member
  return { sessionId: randomUUID(), roles: ['member'], ...given }
}

/** Calls a service as another service does: each request with a fresh internal token. */
export function clientOf(url: string, audience: ServiceName, caller: ServiceName, member?: TestMember): Client {
  const identity = member === undefined ? undefined : memberIdentity(member)
  const token = () => keys().tokensOf(caller).tokenFor(audience, identity)
  const call =
    (method: keyof Client): Call =>
    (path) =>
      supertest(url)[method](path).set('Authorization', `Bearer ${token()}`)
  return { get: call('get'), post: call('post'), put: call('put'), patch: call('patch'), delete: call('delete') }
}
