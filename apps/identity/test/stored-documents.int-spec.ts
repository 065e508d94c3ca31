import { decodeJwt } from 'jose'
import { firstBrokenEntry } from '../src/ledger/check-ledger.js'
import { sha256 } from '../src/ledger/entry-hashes.js'
import { LedgerRepository } from '../src/ledger/ledger.repository.js'
import { LedgerSignatures } from '../src/ledger/ledger-signatures.js'
import { give } from './setup/consents.js'
import { ServiceHarness } from './setup/service-harness.js'
import { codeOf } from './setup/factors.js'
import { FIREFOX, linkFor, logIn, type Person, register, renewed, verified } from './setup/people.js'

describe('a document of an earlier release', () => {
  let harness: ServiceHarness
  let person: Person
  let session: Record<string, unknown>
  beforeAll(async () => {
    harness = await ServiceHarness.open()
    person = await register(harness)
    session = (await logIn(harness, person)).body
  })
  afterAll(() => harness.close())

  const without = (collection: string, id: string, ...fields: string[]) =>
    harness.collection(collection).updateOne({ _id: id }, { $unset: Object.fromEntries(fields.map((f) => [f, 1])) })
  const stored = async (collection: string, id: string): Promise<Record<string, unknown>> =>
    (await harness.collection(collection).findOne({ _id: id })) ?? {}
  const factors = { totp: { confirmedAt: new Date() }, passkeys: [] }
  const rolesOfToken = async () => decodeJwt((await renewed(harness, session)).accessToken as string)['roles']

  it('gives an account whose roles had no time the same roles, as grants at the next save', async () => {
    const me = harness.as(person.id)
    await without('accounts', person.id, 'grants', 'timeZone', 'fullName', 'verification', 'reset', 'emailVerifiedAt')
    await harness
      .collection('accounts')
      .updateOne({ _id: person.id }, { $set: { roles: ['member', 'operator'], factors } })
    const expected = { roles: ['member', 'operator'], timeZone: 'UTC', emailVerified: false }
    expect((await me.get('/v1/me')).body).toMatchObject(expected)
    expect(await rolesOfToken()).toEqual(expected.roles)
    expect((await me.patch('/v1/me', { timeZone: 'Europe/Berlin' })).body.roles).toEqual(expected.roles)
    const { grants, registeredAt: since } = await stored('accounts', person.id)
    expect(grants).toEqual(
      expected.roles.map((role) => ({ role, by: null, why: null, since, until: null, ended: null })),
    )
  })

  it('gives an account without roles those of a member, and an expired grant nothing', async () => {
    await without('accounts', person.id, 'grants', 'roles')
    expect(await rolesOfToken()).toEqual(['member'])
    const { registeredAt: since } = await stored('accounts', person.id)
    const until = new Date(harness.clock.now().getTime() + 60_000)
    const grants = ['member', 'operator'].map((role) => ({ role, by: null, since, until }))
    await harness.collection('accounts').updateOne({ _id: person.id }, { $set: { grants } })
    expect(await rolesOfToken()).toEqual(['member', 'operator'])
    harness.pass(60_000)
    expect((await harness.as(person.id).get('/v1/me')).body.roles).toEqual([])
    expect(await rolesOfToken()).toEqual([])
  })

  it('lists and refreshes a session', async () => {
    await without('accounts', person.id, 'factors')
    const { body } = await logIn(harness, person)
    const { sessionId, refreshToken } = body as { sessionId: string; refreshToken: string }
    await without('sessions', sessionId, 'country', 'knownBrowserHash', 'spent', 'endedAt', 'endedBy')
    const { items } = (await harness.as(person.id).get('/v1/sessions')).body as { items: { id: string }[] }
    expect(items.find(({ id }) => id === sessionId)).toMatchObject({ place: null })
    expect((await harness.anybody.post('/v1/sessions/refresh', { refreshToken })).status).toBe(200)
    expect(await stored('sessions', sessionId)).toMatchObject({ country: null, endedAt: null, spent: [{}] })
  })

  it('keeps the session of an account without a version of its credentials, until a reset moves it', async () => {
    const owner = await verified(harness)
    const sessions = [(await logIn(harness, owner)).body, (await logIn(harness, owner)).body]
    await without('accounts', owner.id, 'credentialVersion', 'credentialsMovedBy', 'earlierResets')
    for (const { sessionId } of sessions) await without('sessions', sessionId as string, 'credentials')
    const refresh = async ({ refreshToken }: Record<string, unknown>) =>
      (await harness.anybody.post('/v1/sessions/refresh', { refreshToken }, { 'user-agent': FIREFOX })).status
    expect(await refresh(sessions[0])).toBe(200)
    expect(await stored('sessions', sessions[0].sessionId as string)).toMatchObject({ credentials: null })
    await harness.anybody.post('/v1/password-resets', { email: owner.email })
    const token = await linkFor(harness, owner.id, 'reset-password')
    await harness.anybody.post('/v1/password-resets/confirm', { token, newPassword: 'another good password' })
    expect(await stored('accounts', owner.id)).toMatchObject({ credentialVersion: 1 })
    for (const { sessionId } of sessions)
      expect(await stored('sessions', sessionId as string)).toMatchObject({ endedBy: 'password-changed' })
  })

  it('gives an account that knows no factors none, and takes its first', async () => {
    const owner = await verified(harness)
    await without('accounts', owner.id, 'factors')
    const { status, body } = await logIn(harness, owner)
    expect(status).toBe(201)
    const me = harness.as(owner.id, body.sessionId as string)
    const { secret } = (await me.post('/v1/me/authenticators/totp')).body as { secret: string }
    const code = codeOf(harness, secret)
    expect((await me.post('/v1/me/authenticators/totp/confirm', { code })).status).toBe(200)
    expect((await logIn(harness, owner)).body.code).toBe('identity.factor-needed')
  })

  it('keeps the chain of consents sound, and goes on with it', async () => {
    const { sign, isSigned } = harness.get(LedgerSignatures)
    const first = (sequence: number, granted: boolean, previousHash?: string) => {
      const changedAt = new Date('2025-11-30T23:59:59.123Z')
      const said = { receiptId: `01931f3e-0000-7000-8000-00000000000${sequence}`, purpose: 'email-news', granted }
      const [noticeVersion, before] = ['2015-03-14', previousHash ?? null]
      const { receiptId, purpose } = said
      const list = [person.id, sequence, receiptId, purpose, granted, noticeVersion, changedAt.toISOString(), before]
      const hash = sha256(JSON.stringify(list))
      const chained = { accountId: person.id, sequence, ...said, noticeVersion, changedAt, hash, ...sign(hash) }
      return { ...chained, ...(previousHash && { previousHash }) }
    }
    const [one, two] = [first(1, false), first(2, true, first(1, false).hash)]
    await harness.collection('consents').insertOne({ _id: person.id, version: 2, entries: [one, two] })
    const broken = async () => firstBrokenEntry(await harness.get(LedgerRepository).find(person.id), isSigned)
    expect(await broken()).toBeUndefined()
    const { body } = await harness.as(person.id).get('/v1/me/consents')
    expect(body.items[0]).toMatchObject({ granted: true, noticeVersion: '2015-03-14', receiptId: two.receiptId })
    expect((await give(harness, person.id, 'email-offers')).body).toMatchObject({ sequence: 3, previousHash: two.hash })
    expect(await broken()).toBeUndefined()
    await harness.collection('consents').updateOne({ _id: person.id }, { $set: { 'entries.0.payload.granted': true } })
    expect(await broken()).toBe(1)
  })

  it('shows a policy', async () => {
    await without('policies', 'terms', 'versions.0.summary')
    const { body } = await harness.anybody.get('/v1/policies/terms?version=2015-03-14')
    expect(body).toMatchObject({ version: '2015-03-14', summary: '' })
  })

  it('counts attempts anew', async () => {
    const guess = () => harness.anybody.post('/v1/sessions', { login: 'nobody_here', password: 'a wrong guess' })
    await harness.collection('attempts').deleteMany({})
    await guess()
    await harness.collection('attempts').updateMany({}, { $unset: { count: 1, notBefore: 1, forgetAt: 1 } })
    expect((await guess()).status).toBe(401)
    const [attempt] = await harness.collection('attempts').find().toArray()
    expect(attempt).toMatchObject({ count: 1, notBefore: expect.any(Date), forgetAt: expect.any(Date) })
  })
})
