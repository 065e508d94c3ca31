import { identity, NOBODY } from '@mpics/contracts'
import { HOUR_MS, MINUTE_MS } from '@mpics/contracts/durations'
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose'
import { ServiceHarness } from './setup/service-harness.js'
import { cookiesOf, FIREFOX, linkFor, logIn, type Person, register, verified } from './setup/people.js'

describe('sessions', () => {
  let harness: ServiceHarness
  let person: Person
  beforeAll(async () => {
    harness = await ServiceHarness.open()
    person = await verified(harness)
  })
  afterAll(() => harness.close())

  const refresh = (refreshToken: string, headers: Record<string, string> = { 'user-agent': FIREFOX }) =>
    harness.anybody.post('/v1/sessions/refresh', { refreshToken }, headers)
  const revoked = async (sessionId: string) => await harness.told(identity.sessionRevoked, sessionId)

  it('open with handle or address in any case, and give an access token that the published keys verify', async () => {
    const tokenIds = new Set<unknown>([undefined])
    for (const login of [person.handle.toUpperCase(), person.email.toUpperCase()]) {
      const { status, body } = await harness.anybody.post('/v1/sessions', { login, password: person.password })
      expect(status).toBe(201)
      const { body: keys } = await harness.anybody.get('/.well-known/jwks.json')
      const { payload, protectedHeader } = await jwtVerify(
        body.accessToken as string,
        createLocalJWKSet(keys as JSONWebKeySet),
        { issuer: 'http://localhost:8080', audience: 'mpics', typ: 'at+jwt', algorithms: ['ES256'] },
      )
      expect(payload).toMatchObject({ sub: person.id, sid: body.sessionId, roles: ['member'], client_id: 'log-in' })
      tokenIds.add(payload.jti)
      expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600)
      expect(protectedHeader.kid).toBe('now')
      expect(body).toMatchObject({ expiresIn: 600, refreshToken: expect.stringMatching(/^[A-Za-z0-9]{128}$/) })
    }
    expect(tokenIds.size).toBe(3)
  })

  it('open with a name as phones and the site write it, and count no such attempt as a guess', async () => {
    const somebody = await verified(harness)
    const typed = [
      `${somebody.handle} `,
      ` ${somebody.handle}`,
      `@${somebody.handle}`,
      `${somebody.email} `,
      `\u200E${somebody.handle}\u00A0`,
    ]
    const attempts = () => harness.collection('attempts').countDocuments()
    const before = await attempts()
    for (const login of typed)
      expect((await harness.anybody.post('/v1/sessions', { login, password: somebody.password })).status).toBe(201)
    expect(await attempts()).toBe(before)
    const wrong = { login: `@${somebody.handle}`, password: ` ${somebody.password}` }
    for (let guess = 0; guess < 2; guess++) expect((await harness.anybody.post('/v1/sessions', wrong)).status).toBe(401)
    expect((await logIn(harness, { ...somebody, password: 'wrong' })).status).toBe(401)
    expect(await attempts()).toBe(before + 1)
  })

  it('publish two keys and nothing private of them', async () => {
    const { body, headers } = await harness.anybody.get('/.well-known/jwks.json')
    expect(body.keys).toHaveLength(2)
    expect(JSON.stringify(body)).not.toContain('"d"')
    expect(headers['cache-control']).toBe('public, max-age=300')
  })

  it('open for an account that is not verified yet by its handle only, and say so in the token', async () => {
    const newcomer = await register(harness)
    const byHandle = await logIn(harness, newcomer)
    expect(decodeJwt(byHandle.body.accessToken as string)).toMatchObject({ sub: newcomer.id, unverified: true })
    const byAddress = { login: newcomer.email, password: newcomer.password }
    const { status, body } = await harness.anybody.post('/v1/sessions', byAddress)
    expect([status, body.code]).toEqual([401, 'identity.login-failed'])
    const token = await linkFor(harness, newcomer.id, 'verify-email')
    await harness.anybody.post('/v1/accounts/verify-email', { token })
    const verified = await harness.anybody.post('/v1/sessions', byAddress)
    expect(decodeJwt(verified.body.accessToken as string)).not.toHaveProperty('unverified')
  })

  it('open by an address for whoever verified it, not for who registered it later', async () => {
    const stranger = await register(harness, { email: person.email })
    const login = person.email
    expect((await harness.anybody.post('/v1/sessions', { login, password: stranger.password })).status).toBe(401)
    expect((await harness.anybody.post('/v1/sessions', { login, password: person.password })).status).toBe(201)
  })

  it('B31 tell of a browser that is new, to the hour, and of no other log-in', async () => {
    const somebody = await register(harness)
    const { body: first } = await logIn(harness, somebody)
    const { body: again } = await logIn(harness, somebody, { browserToken: first.browserToken as string })
    const { body: elsewhere } = await logIn(harness, somebody)
    const ids = [first, again, elsewhere].map(({ sessionId }) => sessionId as string)
    await harness.service.untilIdle()
    const records = (await harness.service.records('identity.session')).filter(({ key }) => ids.includes(key!))
    expect(records.map(({ key }) => key)).toEqual([ids[2]])
    const [{ headers, value, timestamp }] = records as [(typeof records)[0]]
    expect(JSON.parse(value!)).toEqual({ accountId: somebody.id, sessionId: ids[2], newDevice: true })
    expect([Number(timestamp) % HOUR_MS, Date.parse(headers['ce_time']!) % HOUR_MS]).toEqual([0, 0])
    for (const id of [...ids, headers['ce_id']]) expect(id).toMatch(/^.{8}-.{4}-4.{3}-[89ab]/)
  })

  describe('ending', () => {
    it('B49.2 logs off: told to everybody, nothing stays in the browser, no token works', async () => {
      const { body } = await logIn(harness, person)
      const answer = await harness.as(person.id, body.sessionId as string).delete('/v1/sessions/current')
      expect(answer.status).toBe(204)
      expect(answer.headers['clear-site-data']).toBe('"cache", "storage"')
      expect(cookiesOf(answer)).toEqual([expect.stringMatching(/^mprefresh=; Max-Age=0; Path=\/v1\/sessions;/)])
      expect(answer.headers['cache-control']).toBe('private, no-store')
      const [event] = await revoked(body.sessionId as string)
      const expiresAt = new Date((event?.data as { expiresAt: string }).expiresAt).getTime()
      expect(event?.data).toMatchObject({ accountId: NOBODY, sessionId: body.sessionId })
      expect([expiresAt % HOUR_MS, Date.parse(event!.time) % HOUR_MS]).toEqual([0, 0])
      expect(expiresAt - Date.now()).toBeGreaterThan(9 * MINUTE_MS)
      expect((await refresh(body.refreshToken as string)).body.code).toBe('identity.session-ended')
    })

    it('lists, ends one, ends all others; somebody else’s are not there', async () => {
      const somebody = await register(harness)
      const stranger = await register(harness)
      const [a, b, c] = [
        await logIn(harness, somebody),
        await logIn(harness, somebody),
        await logIn(harness, somebody),
      ].map(({ body }) => body.sessionId as string)
      const me = harness.as(somebody.id, a)
      const list = async () => (await me.get('/v1/sessions')).body.items as { id: string; current: boolean }[]
      expect((await list()).map(({ id, current }) => [id, current])).toEqual([
        [c, false],
        [b, false],
        [a, true],
      ])
      const page = (await me.get('/v1/sessions?limit=2')).body as { items: unknown[]; nextCursor: string }
      expect((await me.get(`/v1/sessions?limit=2&cursor=${page.nextCursor}`)).body).toMatchObject({
        items: [{ id: a, device: 'Firefox on Linux', place: null }],
        nextCursor: null,
      })
      expect((await harness.as(stranger.id).delete(`/v1/sessions/${b}`)).body.code).toBe('identity.session-not-found')
      expect((await me.delete(`/v1/sessions/${b}`)).status).toBe(204)
      expect((await me.delete('/v1/sessions')).status).toBe(204)
      expect((await list()).map(({ id }) => id)).toEqual([a])
      expect(await revoked(c as string)).toHaveLength(1)
    })
  })

  it('rehash a password that was hashed with weaker parameters', async () => {
    const { hash } = await import('@node-rs/argon2')
    const somebody = await register(harness)
    const weak = await hash(somebody.password, { memoryCost: 4096, timeCost: 1 })
    await harness.collection('accounts').updateOne({ _id: somebody.id }, { $set: { passwordHash: weak } })
    expect((await logIn(harness, somebody)).status).toBe(201)
    const stored = await harness.collection('accounts').findOne({ _id: somebody.id })
    expect(stored?.['passwordHash']).toContain('m=19456,t=2,p=1')
    expect((await logIn(harness, somebody)).status).toBe(201)
  })
})
