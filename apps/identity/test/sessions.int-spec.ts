import { sessionOpened, sessionRevoked } from '@mpics/contracts'
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { PasswordHasher } from '../src/passwords/password-hasher.js'
import { ServiceHarness } from './setup/service-harness.js'
import { FIREFOX, linkFor, logIn, type Person, register, verified } from './setup/people.js'

const MINUTE_MS = 60_000

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
  const revoked = async (sessionId: string) => await harness.told(sessionRevoked, sessionId)

  it('open with handle or address in any case, and give an access token that the published keys verify', async () => {
    for (const login of [person.handle.toUpperCase(), person.email.toUpperCase()]) {
      const { status, body } = await harness.anybody.post('/v1/sessions', { login, password: person.password })
      expect(status).toBe(201)
      const { body: keys } = await harness.anybody.get('/.well-known/jwks.json')
      const { payload, protectedHeader } = await jwtVerify(
        body.accessToken as string,
        createLocalJWKSet(keys as JSONWebKeySet),
        { issuer: 'http://localhost:8080', audience: 'mpics', typ: 'at+jwt', algorithms: ['ES256'] },
      )
      expect(payload).toMatchObject({ sub: person.id, sid: body.sessionId, roles: ['member'] })
      expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600)
      expect(protectedHeader.kid).toBe('now')
      expect(body).toMatchObject({ expiresIn: 600, refreshToken: expect.stringMatching(/^[A-Za-z0-9]{128}$/) })
    }
  })

  it('publish two keys and nothing private of them', async () => {
    const { body, headers } = await harness.anybody.get('/.well-known/jwks.json')
    expect(body.keys).toHaveLength(2)
    expect(JSON.stringify(body)).not.toContain('"d"')
    expect(headers['cache-control']).toBe('public, max-age=300')
  })

  it('open for an account that is not verified yet', async () => {
    const newcomer = await register(harness)
    expect((await logIn(harness, newcomer)).status).toBe(201)
    expect(
      (await harness.anybody.post('/v1/sessions', { login: newcomer.email, password: newcomer.password })).status,
    ).toBe(201)
  })

  it('say which browser is new, but not for the first', async () => {
    const somebody = await register(harness)
    const chrome = FIREFOX.replace(/Gecko.*/, 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36')
    const ids: string[] = []
    for (const agent of [FIREFOX, FIREFOX.replaceAll('140', '141'), chrome])
      ids.push((await logIn(harness, somebody, {}, { 'user-agent': agent })).body.sessionId as string)
    const opened = await harness.service.events(sessionOpened)
    expect(ids.map((id) => opened.find((e) => e.subject === id)?.data.newDevice)).toEqual([false, false, true])
  })

  describe('refreshing', () => {
    it('gives all who use a token at once the same successor', async () => {
      const { body } = await logIn(harness, person)
      const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(body.refreshToken as string)))
      expect(new Set(answers.map((a) => a.status))).toEqual(new Set([200]))
      expect(new Set(answers.map((a) => a.body.refreshToken as string)).size).toBe(1)
      expect((await refresh(answers[0]?.body.refreshToken as string)).status).toBe(200)
    })

    it('ends the session for everybody when a token is used again later', async () => {
      const { body } = await logIn(harness, person)
      const next = (await refresh(body.refreshToken as string)).body.refreshToken as string
      harness.pass(11_000)
      const late = await Promise.all(Array.from({ length: 10 }, () => refresh(body.refreshToken as string)))
      expect(new Set(late.map((a) => `${a.status} ${a.body.code}`))).toEqual(new Set(['401 identity.refresh-reused']))
      expect((await refresh(next)).status).toBe(401)
      expect(await revoked(body.sessionId as string)).toHaveLength(1)
    })

    it('ends nothing for a made-up token, even one that names a session', async () => {
      const { body } = await logIn(harness, person)
      const real = body.refreshToken as string
      expect((await refresh(real.slice(0, 32) + '0'.repeat(96))).body.code).toBe('identity.refresh-invalid')
      expect((await refresh('anything')).status).toBe(401)
      expect((await refresh(real)).status).toBe(200)
    })

    it('stores no refresh token', async () => {
      const { body } = await logIn(harness, person)
      const next = (await refresh(body.refreshToken as string)).body.refreshToken as string
      const everything = await harness.everything()
      for (const token of [body.refreshToken as string, next, body.accessToken as string])
        expect(everything).not.toContain(token)
    })

    it('works by cookie, which a script cannot read', async () => {
      const { body, headers } = await logIn(harness, person, { tokenTransport: 'cookie' })
      expect(body).not.toHaveProperty('refreshToken')
      const cookies = headers['set-cookie'] as unknown as string[]
      const cookie = cookies.find((c) => c.startsWith('mprefresh=')) ?? ''
      expect(cookie).toMatch(
        /^mprefresh=[A-Za-z0-9]{128}; Max-Age=2592000; Path=\/v1\/sessions; HttpOnly; SameSite=Strict$/,
      )
      const answer = await harness.anybody.post('/v1/sessions/refresh', undefined, {
        'user-agent': FIREFOX,
        cookie: cookie.split(';', 1)[0] ?? '',
      })
      expect(answer.status).toBe(200)
      expect(answer.body).not.toHaveProperty('refreshToken')
      expect((answer.headers['set-cookie'] as unknown as string[])[0]).toMatch(/^mprefresh=/)
    })

    it('B49 leaves no cookie on a shared computer once the browser is closed, and ends after half an hour', async () => {
      const { headers, body } = await logIn(harness, person, { tokenTransport: 'cookie', sharedComputer: true })
      const cookies = headers['set-cookie'] as unknown as string[]
      expect(cookies).toHaveLength(1)
      expect(cookies[0]).not.toMatch(/Max-Age|Expires/)
      harness.pass(31 * MINUTE_MS)
      const answer = await harness.anybody.post(
        '/v1/sessions/refresh',
        {},
        { cookie: cookies[0]?.split(';', 1)[0] ?? '' },
      )
      expect(answer.body.code).toBe('identity.session-ended')
      const asked = await harness.from('gateway').post('/internal/revoked-sessions', { sessionIds: [body.sessionId] })
      expect(asked.body).toEqual({ revoked: [body.sessionId] })
    })
  })

  describe('ending', () => {
    it('B49 logs off: told to everybody, nothing stays in the browser, no token works', async () => {
      const { body } = await logIn(harness, person)
      const answer = await harness.as(person.id, body.sessionId as string).delete('/v1/sessions/current')
      expect(answer.status).toBe(204)
      expect(answer.headers['clear-site-data']).toContain('"cookies"')
      expect(answer.headers['cache-control']).toBe('private, no-store')
      const [event] = await revoked(body.sessionId as string)
      expect(event?.data).toEqual({ accountId: person.id, sessionId: body.sessionId, expiresAt: expect.any(String) })
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

  describe('guessing', () => {
    const guess = (login: string, headers: Record<string, string> = {}) =>
      harness.anybody.post('/v1/sessions', { login, password: 'a guess that is wrong' }, headers)
    const shown = ({ status, body, headers }: Awaited<ReturnType<typeof guess>>) => {
      const { instance: _, ...problem } = body as Record<string, unknown>
      return { status, problem, headers: Object.keys(headers).sort() }
    }

    it('is answered alike, with the same number of hashes and writes, with and without an account', async () => {
      const victim = await register(harness)
      const hasher = harness.get(PasswordHasher) as unknown as { inTurn(): Promise<unknown> }
      const hashes = jest.spyOn(hasher, 'inTurn')
      const seen: unknown[] = []
      for (const login of [victim.handle, victim.email, 'nobody_of_this_name', 'nobody@example.org']) {
        hashes.mockClear()
        let answer = {}
        const writes = await harness.writesDuring(async () => (answer = shown(await guess(login))))
        seen.push({ ...answer, writes, hashes: hashes.mock.calls.length })
      }
      hashes.mockRestore()
      expect(seen[0]).toMatchObject({ status: 401, writes: 1, hashes: 1 })
      for (const answer of seen) expect(answer).toEqual(seen[0])
    })

    it('B50 is bounded: ten at once reach the hash, then it waits, for strangers and known names alike', async () => {
      const victim = await register(harness)
      for (const login of [victim.handle, 'nobody_of_that_name']) {
        const answers = await Promise.all(Array.from({ length: 30 }, () => guess(login)))
        const limited = answers.filter((a) => a.status === 429)
        expect(answers.filter((a) => a.status === 401)).toHaveLength(10)
        expect(limited).toHaveLength(20)
        expect(limited[0]?.body.code).toBe('rate-limited')
        expect(Number(limited[0]?.headers['retry-after'])).toBeGreaterThan(20)
      }
    })

    it('does not lock the owner out: after the wait, from a known browser, or with a new password', async () => {
      const victim = await verified(harness)
      const { headers } = await logIn(harness, victim, { tokenTransport: 'cookie' })
      const cookie =
        (headers['set-cookie'] as unknown as string[]).find((c) => c.startsWith('mpbrowser='))?.split(';', 1)[0] ?? ''
      const locked = async () => {
        await Promise.all(Array.from({ length: 12 }, () => guess(victim.handle)))
        expect((await logIn(harness, victim)).status).toBe(429)
      }
      await locked()
      expect((await logIn(harness, victim, {}, { cookie })).status).toBe(201)
      expect((await logIn(harness, victim)).status).toBe(429)
      harness.pass(31_000)
      expect((await logIn(harness, victim)).status).toBe(201)
      await locked()
      await harness.anybody.post('/v1/password-resets', { email: victim.email })
      const token = await linkFor(harness, victim.id, 'reset-password')
      await harness.anybody.post('/v1/password-resets/confirm', { token, newPassword: victim.password })
      expect((await logIn(harness, victim)).status).toBe(201)
    })

    it.each([{ login: { $ne: '' } }, { login: { $gt: '' }, password: { $gt: '' } }, { login: ['a'], password: 'b' }])(
      'refuses %j',
      async (payload) => {
        const answer = await harness.anybody.post('/v1/sessions', { password: 'x', ...payload })
        expect(answer.status).toBe(422)
      },
    )
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
