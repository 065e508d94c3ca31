import { identity } from '@mpics/contracts'
import { MINUTE_MS } from '@mpics/contracts/durations'
import { ServiceHarness } from './setup/service-harness.js'
import { cookieNamed, cookiesOf, FIREFOX, logIn, type Person, verified } from './setup/people.js'

describe('refreshing a session', () => {
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
    const opened = await logIn(harness, person, { tokenTransport: 'cookie' })
    expect(opened.body).not.toHaveProperty('refreshToken')
    expect(cookiesOf(opened).find((cookie) => cookie.startsWith('mprefresh='))).toMatch(
      /^mprefresh=[A-Za-z0-9]{128}; Max-Age=2592000; Path=\/v1\/sessions; HttpOnly; SameSite=Strict$/,
    )
    const cookie = cookieNamed(opened, 'mprefresh')
    const answer = await harness.anybody.post('/v1/sessions/refresh', undefined, { 'user-agent': FIREFOX, cookie })
    expect(answer.status).toBe(200)
    expect(answer.body).not.toHaveProperty('refreshToken')
    expect((answer.headers['set-cookie'] as unknown as string[])[0]).toMatch(/^mprefresh=/)
  })

  it('B49 leaves no cookie on a shared computer once the browser is closed, and ends after half an hour', async () => {
    const former = cookieNamed(await logIn(harness, person, { tokenTransport: 'cookie' }), 'mpbrowser')
    const shared = { tokenTransport: 'cookie', sharedComputer: true }
    const opened = await logIn(harness, person, shared, { cookie: former })
    const [first, ...rest] = cookiesOf(opened).sort()
    expect(first).toMatch(/^mpbrowser=; Max-Age=0; Path=\/v1\/sessions;/)
    expect(rest).toEqual([
      expect.stringMatching(/^mprefresh=\w{128};/),
      expect.stringMatching(/^mpshared=1; Path=\/v1\/page-views;/),
    ])
    for (const cookie of rest) expect(cookie).not.toMatch(/Max-Age|Expires/)
    expect(opened.body).not.toHaveProperty('browserToken')
    const { body } = opened
    harness.pass(31 * MINUTE_MS)
    const answer = await harness.anybody.post('/v1/sessions/refresh', {}, { cookie: cookieNamed(opened, 'mprefresh') })
    expect(answer.body.code).toBe('identity.session-ended')
    const asked = await harness.from('gateway').post('/internal/revoked-sessions', { sessionIds: [body.sessionId] })
    expect(asked.body).toEqual({ revoked: [body.sessionId] })
  })
})
