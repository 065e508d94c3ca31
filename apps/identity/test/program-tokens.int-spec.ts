import { identity } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { eventually } from '@mpics/testing'
import { decodeJwt } from 'jose'
import { linkFor, type Person, verified } from './setup/people.js'
import { ServiceHarness } from './setup/service-harness.js'
import { provenAs } from './setup/proven.js'

describe('tokens for programs', () => {
  let harness: ServiceHarness
  let person: Person
  let me: Awaited<ReturnType<typeof provenAs>>
  beforeAll(async () => {
    harness = await ServiceHarness.open()
  })
  beforeEach(async () => {
    person = await verified(harness)
    me = await provenAs(harness, person)
  })
  afterAll(() => harness.close())

  const after = (ms: number) => new Date(harness.clock.now().getTime() + ms).toISOString()
  const wanted = (changes: object = {}) => ({
    name: 'Backup',
    scopes: ['photos:read', 'account:read'],
    expiresAt: after(30 * DAY_MS),
    ...changes,
  })
  const create = async (changes: object = {}) => (await me.post('/v1/me/tokens', wanted(changes))).body as Made
  interface Made {
    id: string
    token: string
  }
  const exchanged = async (token: string) => {
    const { body } = await harness.from('gateway').post('/internal/program-tokens/exchange', { token })
    return (body as { accessToken: string | null }).accessToken
  }
  const revokedAmong = async (...sessionIds: string[]) => {
    const { body } = await harness.from('gateway').post('/internal/revoked-sessions', { sessionIds })
    return (body as { revoked: string[] }).revoked
  }
  const listed = async () => ((await me.get('/v1/me/tokens')).body as { items: object[] }).items

  it('B51.1 have a name that their owner corrects, and nobody else', async () => {
    const { id, token } = await create({ name: 'Bakcup of me' })
    const renamed = await me.patch(`/v1/me/tokens/${id}`, { name: 'Backup' })
    expect([renamed.status, renamed.body]).toEqual([200, expect.objectContaining({ id, name: 'Backup' })])
    expect(await listed()).toEqual([renamed.body])
    expect(await harness.everything()).not.toContain('Bakcup')
    expect(await exchanged(token)).not.toBeNull()
    const stranger = await provenAs(harness, await verified(harness))
    const refused = await stranger.patch(`/v1/me/tokens/${id}`, { name: 'Mine' })
    expect([refused.status, refused.body]).toEqual([404, expect.objectContaining({ code: 'identity.token-not-found' })])
  })

  it('are shown once, kept as a hash, and exchanged for ten minutes of what they allow', async () => {
    const made = await create()
    expect(made).toMatchObject({
      name: 'Backup',
      token: expect.stringMatching(/^mpat_[0-9A-Za-z]{38}$/),
      lastUsedAt: null,
    })
    expect(await harness.everything()).not.toContain(made.token.slice(5))
    const claims = decodeJwt((await exchanged(made.token))!)
    const scope = 'photos:read account:read'
    expect(claims).toMatchObject({ sub: person.id, sid: made.id, tid: made.id, scope, roles: ['member'] })
    expect(claims.exp! - claims.iat!).toBe(600)
    expect(await harness.told(identity.programTokenCreated, made.id)).toHaveLength(1)
    expect(JSON.stringify(await listed())).not.toContain('mpat_')
  })

  it('tell the hour of their last use, which is written once in it', async () => {
    const { token } = await create()
    const writes = await harness.writesDuring(async () => {
      for (let use = 0; use < 3; use++) await exchanged(token)
    })
    expect(writes).toBe(1)
    expect(await listed()).toMatchObject([{ lastUsedAt: expect.stringMatching(/:00:00\.000Z$/) }])
  })

  it('are refused when they are none, expired, revoked, or of a former password', async () => {
    const [short, gone, reset] = [await create({ expiresAt: after(60_000) }), await create(), await create()]
    const last = decodeJwt((await exchanged(short.token))!)
    expect(last.exp! - last.iat!).toBeLessThanOrEqual(60)
    expect((await me.delete(`/v1/me/tokens/${gone.id}`)).status).toBe(204)
    expect((await me.delete(`/v1/me/tokens/${gone.id}`)).body).toMatchObject({ code: 'identity.token-not-found' })
    expect(await harness.told(identity.programTokenRevoked, gone.id)).toHaveLength(1)
    expect(await revokedAmong(gone.id, reset.id)).toEqual([gone.id])
    for (const token of [gone.token, 'mpat_nothing', { $gt: '' } as never])
      expect((await exchanged(token)) ?? null).toBeNull()
    await harness.anybody.post('/v1/password-resets', { email: person.email })
    const link = await linkFor(harness, person.id, 'reset-password')
    const confirmed = await harness.anybody.post('/v1/password-resets/confirm', {
      token: link,
      newPassword: 'quite another 7 words',
    })
    expect([confirmed.status, await exchanged(reset.token)]).toEqual([204, null])
    await eventually(async () => (await harness.told(identity.programTokenRevoked, reset.id)).length === 1)
    expect(await revokedAmong(reset.id)).toEqual([reset.id])
  })

  it('are changed for others of the same name, and the former one ends', async () => {
    const former = await create()
    const { status, body } = await me.post(`/v1/me/tokens/${former.id}/rotation`)
    expect([status, body]).toEqual([201, expect.objectContaining({ name: 'Backup', scopes: wanted().scopes })])
    const next = body as Made
    expect([next.id === former.id, await exchanged(former.token), await revokedAmong(former.id, next.id)]).toEqual([
      false,
      null,
      [former.id],
    ])
    expect(await exchanged(next.token)).toEqual(expect.any(String))
  })

  it('are twenty at most, whoever races', async () => {
    const answers = await Promise.all(Array.from({ length: 25 }, () => me.post('/v1/me/tokens', wanted())))
    const made = answers.filter(({ status }) => status === 201)
    expect([made.length <= 20, (await listed()).length]).toEqual([true, made.length])
    for (let more = made.length; more < 20; more++) await create()
    expect((await me.post('/v1/me/tokens', wanted())).body).toMatchObject({ code: 'identity.too-many-tokens' })
  })

  it.each<[string, () => object]>([
    ['of a year and a day', () => ({ expiresAt: after(367 * DAY_MS) })],
    ['of the past', () => ({ expiresAt: after(-1) })],
    ['without an end', () => ({ expiresAt: undefined })],
    ['that may do nothing', () => ({ scopes: [] })],
    ['that may do what nobody knows', () => ({ scopes: ['photos:sell'] })],
    ['that may do a thing twice', () => ({ scopes: ['photos:read', 'photos:read'] })],
    ['with an operator of MongoDB', () => ({ name: { $gt: '' } })],
    ['without a name', () => ({ name: ' ' })],
  ])('are not made %s', async (_, changes) => {
    expect((await me.post('/v1/me/tokens', wanted(changes()))).status).toBe(422)
  })

  it('belong to one account', async () => {
    const { id } = await create()
    const other = await provenAs(harness, await verified(harness))
    expect((await other.delete(`/v1/me/tokens/${id}`)).status).toBe(404)
    expect((await other.post(`/v1/me/tokens/${id}/rotation`)).status).toBe(404)
  })

  it('are made and changed with a fresh proof only', async () => {
    const { id } = await create()
    harness.pass(601_000)
    const refused = [await me.post('/v1/me/tokens', wanted()), await me.post(`/v1/me/tokens/${id}/rotation`)]
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(
      Array(2).fill([401, 'identity.proof-needed']),
    )
    expect((await me.delete(`/v1/me/tokens/${id}`)).status).toBe(204)
  })
})
