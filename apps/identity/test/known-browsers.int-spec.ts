import { randomBytes } from 'node:crypto'
import { identity } from '@mpics/contracts'
import { ServiceHarness } from './setup/service-harness.js'
import { cookieNamed, cookiesOf, FIREFOX, logIn, type Person, verified } from './setup/people.js'

const SAFARI =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15'

describe('a known browser', () => {
  let harness: ServiceHarness
  let person: Person
  beforeAll(async () => (harness = await ServiceHarness.open()))
  beforeEach(async () => (person = await verified(harness)))
  afterAll(() => harness.close())

  const tokenOf = async (extra: object = {}, headers: Record<string, string> = {}) =>
    (await logIn(harness, person, extra, headers)).body.browserToken as string
  const isNew = async (log: ReturnType<typeof logIn>) => {
    const { status, body } = await log
    expect(status).toBe(201)
    await harness.service.untilIdle()
    const opened = await harness.service.events(identity.sessionOpened)
    return opened.some(({ subject, data }) => subject === body.sessionId && data.newDevice)
  }

  it('B50 is one that holds our token, whatever it calls itself; the first of an account is not told of', async () => {
    expect(await isNew(logIn(harness, person))).toBe(false)
    const browserToken = await tokenOf()
    expect(await isNew(logIn(harness, person, {}, { 'user-agent': FIREFOX }))).toBe(true)
    expect(await isNew(logIn(harness, person, { browserToken }, { 'user-agent': SAFARI }))).toBe(false)
    const cookie = cookieNamed(await logIn(harness, person, { tokenTransport: 'cookie' }), 'mpbrowser')
    expect(await isNew(logIn(harness, person, {}, { 'user-agent': SAFARI, cookie }))).toBe(false)
    expect(await tokenOf({ browserToken })).toBe(browserToken)
    const other = await verified(harness)
    await logIn(harness, other)
    expect(await isNew(logIn(harness, other, { browserToken }))).toBe(true)
  })

  it('B28 gets alphanumeric tokens, by cookie only where it asked for cookies', async () => {
    const body = await logIn(harness, person)
    expect(body.body.browserToken).toMatch(/^[0-9a-f]{80}$/)
    expect(cookiesOf(body)).toEqual([])
    const cookie = await logIn(harness, person, { tokenTransport: 'cookie' })
    expect(cookie.body).not.toHaveProperty('browserToken')
    expect(cookieNamed(cookie, 'mpbrowser')).toMatch(/^mpbrowser=[0-9a-f]{80}$/)
  })

  it.each([
    ['of an earlier form', randomBytes(24).toString('hex')],
    ['of our form', randomBytes(40).toString('hex')],
    ['of any form', 'chosen'],
  ])('is none by a token %s that somebody else made, which no log-in keeps', async (_, made) => {
    await logIn(harness, person)
    for (let round = 0; round < 2; round++) {
      const answer = logIn(harness, person, { tokenTransport: 'cookie' }, { cookie: `mpbrowser=${made}` })
      expect(await isNew(answer)).toBe(true)
      expect(cookieNamed(await answer, 'mpbrowser')).not.toBe(`mpbrowser=${made}`)
      expect(await isNew(logIn(harness, person, { browserToken: made }))).toBe(true)
    }
  })

  it('stays known by a token that an earlier release gave it, and gets another', async () => {
    const token = randomBytes(24).toString('hex')
    const { body } = await logIn(harness, person)
    const { KnownBrowsers } = await import('../src/sessions/known-browsers.js')
    const knownBrowserHash = harness.get(KnownBrowsers).hash(person.id, token)
    await harness.collection('sessions').updateOne({ _id: body.sessionId as string }, { $set: { knownBrowserHash } })
    const answer = logIn(harness, person, { browserToken: token })
    expect(await isNew(answer)).toBe(false)
    expect((await answer).body.browserToken).toMatch(/^[0-9a-f]{80}$/)
  })

  it('is told of nobody by a shared computer, whose log-ins are always of a new device', async () => {
    await logIn(harness, person)
    const shared = await logIn(harness, person, { sharedComputer: true })
    expect(shared.body).not.toHaveProperty('browserToken')
    expect(await isNew(logIn(harness, person, { sharedComputer: true }))).toBe(true)
  })
})

describe('on an https site', () => {
  let harness: ServiceHarness
  beforeAll(async () => (harness = await ServiceHarness.open({ PUBLIC_URL: 'https://mpics.example' })))
  afterAll(() => harness.close())

  it('cookies are Secure by their name, and plain ones of the same name count as none', async () => {
    const person = await verified(harness)
    const opened = await logIn(harness, person, { tokenTransport: 'cookie' })
    const cookies = cookiesOf(opened)
    expect(cookies).toHaveLength(2)
    for (const cookie of cookies) expect(cookie).toMatch(/^__Secure-mp[a-z]+=.*; HttpOnly; SameSite=Strict; Secure$/)
    const refresh = (cookie: string) =>
      harness.anybody.post('/v1/sessions/refresh', undefined, { 'user-agent': FIREFOX, cookie })
    const cookie = cookieNamed(opened, '__Secure-mprefresh')
    expect((await refresh(cookie.replace('__Secure-', ''))).body.code).toBe('identity.refresh-invalid')
    expect((await refresh(cookie)).status).toBe(200)
  })
})

describe('logging off by the refresh cookie alone', () => {
  let harness: ServiceHarness
  let person: Person
  beforeAll(async () => {
    harness = await ServiceHarness.open()
    person = await verified(harness)
  })
  afterAll(() => harness.close())

  const logOff = (cookie: string) => harness.anybody.delete('/v1/sessions/current', { cookie })

  it('B49 ends the session, once or again, and clears the cookie', async () => {
    const opened = await logIn(harness, person, { tokenTransport: 'cookie' })
    const cookie = cookieNamed(opened, 'mprefresh')
    for (let round = 0; round < 2; round++) {
      const answer = await logOff(cookie)
      expect({ status: answer.status, cookies: cookiesOf(answer) }).toEqual({
        status: 204,
        cookies: [expect.stringMatching(/^mprefresh=; Max-Age=0;/)],
      })
      expect(answer.headers).toMatchObject({
        'cache-control': 'private, no-store',
        'clear-site-data': expect.any(String),
      })
    }
    expect(await harness.told(identity.sessionRevoked, opened.body.sessionId as string)).toHaveLength(1)
    const refreshed = await harness.anybody.post('/v1/sessions/refresh', undefined, { cookie })
    expect(refreshed.body.code).toBe('identity.session-ended')
  })

  it('ends the sessions of both tokens where a browser holds two', async () => {
    const [one, two] = [await logIn(harness, person), await logIn(harness, person, { tokenTransport: 'cookie' })]
    const me = harness.as(person.id, one.body.sessionId as string)
    expect((await me.delete('/v1/sessions/current', { cookie: cookieNamed(two, 'mprefresh') })).status).toBe(204)
    for (const { body } of [one, two])
      expect(await harness.told(identity.sessionRevoked, body.sessionId as string)).toHaveLength(1)
  })

  it('is refused without a token, and with one that we did not make', async () => {
    const opened = await logIn(harness, person, { tokenTransport: 'cookie' })
    const forged = cookieNamed(opened, 'mprefresh').slice(0, -1)
    for (const cookie of ['', `${forged}x`, 'mprefresh=abc']) {
      const answer = await logOff(cookie)
      expect({ status: answer.status, code: answer.body.code as string }).toEqual({
        status: 401,
        code: 'unauthenticated',
      })
    }
    expect(await harness.told(identity.sessionRevoked, opened.body.sessionId as string)).toEqual([])
  })
})
