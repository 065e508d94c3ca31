import { randomBytes } from 'node:crypto'
import { eventually } from '@mpics/testing'
import { firstPolicies } from '../../src/policies/first-policies.js'
import type { DocumentName } from '../../src/policies/policy.js'
import type { ServiceHarness } from './service-harness.js'

const inForce = (document: DocumentName) =>
  firstPolicies().findLast((p) => p.document === document && p.effectiveAt <= new Date())!.version

/** The versions that a person accepts. */
export const policiesInForce = () => ({ terms: inForce('terms'), privacy: inForce('privacy') })
const anything = () => randomBytes(6).toString('hex')

export const registration = (changes: Record<string, unknown> = {}) => {
  const name = `p${anything()}`
  return {
    email: `${name}@example.org`,
    handle: name,
    password: `${anything()} ${anything()}`,
    fullName: 'Ada Lovelace',
    birthDate: '1990-05-17',
    accepted: policiesInForce(),
    ...changes,
  }
}

export interface Person {
  id: string
  email: string
  handle: string
  password: string
}

export async function register(harness: ServiceHarness, changes: Record<string, unknown> = {}): Promise<Person> {
  const form = registration(changes)
  const { status, body } = await harness.anybody.post('/v1/accounts', form)
  if (status !== 201) throw new Error(JSON.stringify(body))
  return { ...form, id: body.id as string }
}

/** Resolves to the token of the newest mail of a kind, as notifications gets it. */
export async function linkFor(
  harness: ServiceHarness,
  id: string,
  kind: 'verify-email' | 'reset-password',
): Promise<string | null> {
  if (kind === 'reset-password') await resetsSent(harness)
  const account = await harness.collection('accounts').findOne({ _id: id })
  const request = account?.[kind === 'verify-email' ? 'verification' : 'reset'] as { id: string }
  const answer = await harness
    .from('notifications')
    .post('/internal/links', { kind, accountId: id, requestId: request.id })
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return answer.body.token as string | null
}

export const resetsSent = (harness: ServiceHarness): Promise<boolean> =>
  eventually(async () => (await harness.collection('reset_requests').estimatedDocumentCount()) === 0)

export async function verified(harness: ServiceHarness, changes: Record<string, unknown> = {}): Promise<Person> {
  const person = await register(harness, changes)
  const token = await linkFor(harness, person.id, 'verify-email')
  await harness.anybody.post('/v1/accounts/verify-email', { token })
  return person
}

export const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

export const cookiesOf = ({ headers }: { headers: Record<string, unknown> }): string[] =>
  (headers['set-cookie'] as string[] | undefined) ?? []

export const cookieNamed = (answer: { headers: Record<string, unknown> }, name: string): string =>
  cookiesOf(answer)
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.split(';', 1)[0] ?? ''

export const logIn = (
  harness: ServiceHarness,
  { handle, password }: Person,
  extra: object = {},
  headers: Record<string, string> = {},
) => harness.anybody.post('/v1/sessions', { login: handle, password, ...extra }, { 'user-agent': FIREFOX, ...headers })

/** Another access token of a session, with the roles of this moment; its log-in may need a factor by now. */
export async function renewed(harness: ServiceHarness, session: Record<string, unknown>) {
  const { body } = await harness.anybody.post('/v1/sessions/refresh', { refreshToken: session['refreshToken'] })
  session['refreshToken'] = body.refreshToken
  return body
}
