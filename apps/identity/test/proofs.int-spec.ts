import { decodeJwt } from 'jose'
import { Prove } from '../src/proofs/prove.js'
import { withTotp } from './setup/factors.js'
import { ServiceHarness } from './setup/service-harness.js'
import { FIREFOX, linkFor, logIn, type Person, register } from './setup/people.js'
import { SoftwareAuthenticator } from '@mpics/testing'

const PROOF_MS = 10 * 60_000
const OTHER = 'quite another good password'

describe('a dangerous act', () => {
  let harness: ServiceHarness
  beforeAll(async () => {
    harness = await ServiceHarness.open()
  })
  afterAll(() => harness.close())

  async function loggedIn(person: Person, extra: object = {}) {
    const { body } = await logIn(harness, person, extra)
    const { sessionId, refreshToken } = body as { sessionId: string; refreshToken: string }
    const me = harness.as(person.id, sessionId)
    const refresh = () => harness.anybody.post('/v1/sessions/refresh', { refreshToken }, { 'user-agent': FIREFOX })
    return { sessionId, refresh, prove: (body: object) => me.post('/v1/sessions/current/proof', body), ...acts(me) }
  }

  const acts = (me: ReturnType<ServiceHarness['as']>) => ({
    change: (currentPassword: string, newPassword: string) =>
      me.put('/v1/me/password', { currentPassword, newPassword }),
  })

  it('B50 asks for a proof that is younger than ten minutes, and says which it accepts', async () => {
    const person = await register(harness)
    const { change, prove } = await loggedIn(person)
    harness.pass(PROOF_MS)
    const refused = await change(person.password, OTHER)
    expect([refused.status, refused.body.code]).toEqual([401, 'identity.proof-needed'])
    expect(refused.body.accepts).toEqual(['password'])
    expect(refused.headers['www-authenticate']).toContain('insufficient_user_authentication')
    expect((await prove({ password: person.password })).status).toBe(204)
    expect((await change(person.password, OTHER)).status).toBe(204)
  })

  it('B50 asks even before it looks at the input, and asks a session that has ended or is another’s to log in', async () => {
    const person = await register(harness)
    const stranger = await loggedIn(await register(harness))
    const { sessionId } = await loggedIn(person)
    harness.pass(PROOF_MS)
    expect((await harness.as(person.id, sessionId).put('/v1/me/password', {})).status).toBe(401)
    const foreign = await acts(harness.as(person.id, stranger.sessionId)).change(person.password, OTHER)
    expect([foreign.status, foreign.body.code]).toEqual([401, 'identity.session-ended'])
    const fresh = await loggedIn(person)
    await harness.as(person.id, fresh.sessionId).delete('/v1/sessions/current')
    expect((await fresh.change(person.password, OTHER)).body.code).toBe('identity.session-ended')
    expect((await fresh.prove({ password: person.password })).body.code).toBe('identity.session-ended')
  })

  type Me = ReturnType<ServiceHarness['as']>
  it.each<[string, (me: Me, passkey: object) => Promise<{ status: number; body: { code: string } }>]>([
    ['adds no passkey', (me, passkey) => me.post('/v1/me/passkeys', { name: 'x', passkey })],
    ['takes out no app', (me) => me.delete('/v1/me/authenticators/totp')],
    ['makes no recovery codes', (me) => me.post('/v1/me/authenticators/recovery-codes')],
    ['makes no token', (me) => me.post('/v1/me/tokens', token())],
    ['closes no account', (me) => me.delete('/v1/me')],
  ])('B50 %s when a reset overtakes it', async (_, act) => {
    const person = await withTotp(harness)
    const me = harness.as(person.id, person.sessionId)
    const options = (await me.post('/v1/me/passkeys/options')).body as Parameters<SoftwareAuthenticator['make']>[0]
    const passkey = new SoftwareAuthenticator().make(options)
    await harness.anybody.post('/v1/password-resets', { email: person.email })
    const reset = { token: await linkFor(harness, person.id, 'reset-password'), newPassword: OTHER }
    const proving = harness.get(Prove)
    const acting = proving.acting.bind(proving)
    jest.spyOn(proving, 'acting').mockImplementationOnce(async (member) => {
      const found = await acting(member)
      expect((await harness.anybody.post('/v1/password-resets/confirm', reset)).status).toBe(204)
      return found
    })
    const { status, body } = await act(me, passkey)
    expect([status, body.code]).toEqual([401, 'identity.session-ended'])
    const [stored] = await harness.collection('accounts').find({ _id: person.id }).toArray()
    expect(stored).toMatchObject({ credentialsMovedBy: null, closure: null, factors: { passkeys: [] } })
  })
  const token = () => ({
    name: 'Backup',
    scopes: ['photos:read'],
    expiresAt: new Date(harness.clock.now().getTime() + 86_400_000).toISOString(),
  })

  it('is told in `auth_time` when the session proved who it is last', async () => {
    const person = await register(harness)
    const { prove, refresh } = await loggedIn(person)
    const authTime = async () => decodeJwt((await refresh()).body.accessToken as string)['auth_time'] as number
    const before = await authTime()
    harness.pass(5_000)
    await prove({ password: person.password })
    expect((await authTime()) - before).toBeGreaterThanOrEqual(5)
  })

  it.each([
    ['no evidence', {}],
    ['two at once', { password: 'a', code: '123456' }],
    ['an operator of a query', { password: { $ne: null } }],
    ['an unknown member', { password: 'a', also: 1 }],
  ])('takes no proof of %s', async (_, body) => {
    const { prove } = await loggedIn(await register(harness))
    expect((await prove(body)).status).toBe(422)
  })

  it('B50.1 guesses of a proof wait as guesses of a log-in do, and do not keep the owner out elsewhere', async () => {
    const person = await register(harness)
    const { prove } = await loggedIn(person, { sharedComputer: true })
    for (let guess = 0; guess < 10; guess++) expect((await prove({ password: 'wrong' })).status).toBe(403)
    const refused = await prove({ password: person.password })
    expect([refused.status, refused.body.code]).toEqual([429, 'rate-limited'])
    const elsewhere = await loggedIn(person)
    expect((await elsewhere.prove({ password: person.password })).status).toBe(204)
  })

  it('finds the session of an earlier release as fresh as its log-in', async () => {
    const person = await register(harness)
    const { sessionId, change } = await loggedIn(person)
    await harness.collection('sessions').updateOne({ _id: sessionId }, { $unset: { provedAt: 1, provedBy: 1 } })
    harness.pass(PROOF_MS)
    expect((await change(person.password, OTHER)).body.code).toBe('identity.proof-needed')
  })
})
