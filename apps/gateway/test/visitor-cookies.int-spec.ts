import { randomUUID } from 'node:crypto'
import { identity } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { VisitorCookies } from '../src/page-views/visitor-cookie.js'
import { accessToken } from './setup/access-tokens.js'
import { gateway } from './setup/gateway.js'
import { PHOTO } from './setup/samples.js'
import { stoppedAfterEach } from './setup/stopped-after-each.js'
import { cookieOf, siteOfViews } from './setup/views.js'

const PAGE = `/photos/${PHOTO}`

describe('visitor cookies', () => {
  const site = siteOfViews()
  const { call, newFacts, view } = site
  const keep = stoppedAfterEach()

  it('B27 B30 B33 gives a cookie with the first answer, and counts for a browser only what sends it', async () => {
    const first = await view(PAGE)
    expect(first.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^mpvid=[A-Za-z0-9]{40}; Max-Age=15552000; Path=\/v1\/page-views; HttpOnly; SameSite=Strict$/,
      ),
    ])
    const browser = { cookie: cookieOf(first) }
    const second = await view(PAGE, browser)
    expect(second.headers.getSetCookie()).toEqual([])
    await view(PAGE)
    const ids = (await newFacts()).map(({ data }) => data.browserId)
    expect(ids.sort()).toEqual([browser.cookie.slice('mpvid='.length), null, null].sort())
  })

  /** One person's three browsers and a stranger's, from two networks, at two times. */
  const givenValues = async () => {
    const [sub, sid] = [randomUUID(), randomUUID()]
    const authorization = `Bearer ${await accessToken({ sub, sid })}`
    const clock = jest.spyOn(site.service.get(Clock), 'now')
    const visits: Record<string, string>[] = [
      { authorization, 'x-forwarded-for': '193.0.6.139' },
      { authorization, 'x-forwarded-for': '193.0.6.139' },
      { authorization, 'x-forwarded-for': '2001:db8::7', 'user-agent': 'okhttp/4.12.0' },
      { 'x-forwarded-for': '198.51.100.7' },
    ]
    const answers = []
    for (const visit of visits) answers.push(await view(PAGE, visit))
    clock.mockReturnValue(new Date(Date.now() + 90_000))
    answers.push(await view(PAGE, visits[0]))
    clock.mockRestore()
    await newFacts()
    return { sub, sid, values: answers.map((answer) => cookieOf(answer).slice('mpvid='.length)) }
  }

  it('B29.1 the browsers of one person have unrelated values, which nothing but chance tells apart', async () => {
    const { values } = await givenValues()
    expect(new Set(values).size).toBe(5)
    const piecesOf = (value: string) => Array.from({ length: 35 }, (_, i) => value.slice(i, i + 6))
    const pieces = values.flatMap((value) => [...new Set(piecesOf(value))])
    expect(new Set(pieces).size).toBe(pieces.length)
    const chance = jest.spyOn(site.service.get(VisitorCookies), 'letters').mockReturnValue('A'.repeat(24))
    expect(new Set((await givenValues()).values).size).toBe(1)
    chance.mockRestore()
  })

  it('B29.2 a value is no token, and decodes to nothing about whose it is', async () => {
    const { values, sub, sid } = await givenValues()
    const uuid = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex')
    const seconds = Buffer.alloc(4)
    seconds.writeUInt32BE(Math.floor(Date.now() / 1_000))
    const secrets = [uuid(sub), uuid(sid), Buffer.from('ada'), Buffer.from([193, 0, 6]), seconds.subarray(0, 3)]
    for (const value of values) {
      expect(value).not.toContain('.')
      for (const decoded of [value, value.slice(0, 24), value.slice(24)].map((text) => Buffer.from(text, 'base64'))) {
        for (const secret of secrets) expect(decoded.includes(secret)).toBe(false)
        expect(() => JSON.parse(decoded.toString()) as unknown).toThrow()
      }
    }
  })

  it('counts for no browser with a cookie that was made elsewhere, and gives it one of ours', async () => {
    const forged = ['k3v9Qm2ZtX8cLwY0aB1nRf5e', 'k3v9Qm2ZtX8cLwY0aB1nRf5eK3v9Qm2ZtX8cLwY0']
    for (const value of forged)
      expect(cookieOf(await view('/', { cookie: `mpvid=${value}` }))).toMatch(/^mpvid=[A-Za-z0-9]{40}$/)
    expect((await newFacts()).map(({ data }) => data.browserId)).toEqual([null, null])
  })

  it('B31 a log-in or log-off does not renew the cookie, which would tell whose browser it is', async () => {
    const loggedIn = await call('/v1/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'ada', password: 'a long password' }),
    })
    const loggedOff = await call('/v1/sessions/current', {
      method: 'DELETE',
      headers: { authorization: `Bearer ${await accessToken()}` },
    })
    expect([loggedIn.status, loggedOff.status]).toEqual([201, 204])
    expect([site.peers.calls(identity.logIn).length, site.peers.calls(identity.logOff).length]).toEqual([1, 1])
    expect([loggedIn, loggedOff].map((answer) => answer.headers.getSetCookie())).toEqual([[], []])
  })

  it('B33 a browser that refuses to be counted gets no cookie for it, and its views count in the total', async () => {
    const cookie = cookieOf(await view(PAGE))
    const choose = (counting: unknown, headers: Record<string, string> = {}) =>
      call('/v1/privacy/cookies/choice', {
        method: 'PUT',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ counting }),
      })
    const refusal = await choose(false, { cookie })
    expect([refusal.status, refusal.headers.getSetCookie()]).toEqual([
      204,
      [
        'mpchoice=nocounting; Max-Age=33696000; Path=/; HttpOnly; SameSite=Strict',
        'mpvid=; Max-Age=0; Path=/v1/page-views; HttpOnly; SameSite=Strict',
      ],
    ])
    await newFacts()
    const refused = await view(PAGE, { cookie: `mpchoice=nocounting; ${cookie}` })
    expect([refused.status, refused.headers.getSetCookie()]).toEqual([202, []])
    expect((await newFacts()).map(({ data }) => data.browserId)).toEqual([null])
    const asked = await call('/v1/page-views/cookie', { headers: { cookie: 'mpchoice=nocounting' } })
    expect([asked.headers.getSetCookie(), asked.headers.get('cache-control')]).toEqual([[], 'no-store'])
    expect((await choose(true)).headers.getSetCookie()[0]).toMatch(/^mpchoice=; Max-Age=0; /)
    expect([(await choose('no')).status, (await choose(false, { 'sec-fetch-site': 'cross-site' })).status]).toEqual([
      ...[422, 403],
    ])
    const byForm = await call('/privacy/cookies/choice', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'counting=no',
    })
    expect([byForm.status, byForm.headers.getSetCookie()[0]]).toEqual([200, refusal.headers.getSetCookie()[0]])
  })

  it('a script may fetch its cookie before the first view, once in the cookie’s life', async () => {
    const answer = await call('/v1/page-views/cookie')
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([204, 'private, max-age=15552000'])
    const cookie = cookieOf(answer)
    expect((await call('/v1/page-views/cookie', { headers: { cookie } })).headers.getSetCookie()).toEqual([])
    await view('/', { cookie })
    expect((await newFacts()).map(({ data }) => `mpvid=${data.browserId}`)).toEqual([cookie])
  })

  it('a network gets so many new browsers in an hour; its views count in the total as before', async () => {
    const few = keep(
      await gateway(site.peers.url, {
        environment: { GATEWAY_TRUSTED_PROXIES: '127.0.0.0/8', GATEWAY_LIMIT_NEW_BROWSERS: '2' },
      }),
    )
    const ask = (from: string) =>
      fetch(new URL('/v1/page-views/cookie', few.url), { headers: { 'x-forwarded-for': from } })
    const asked = [await ask('192.0.2.1'), await ask('192.0.2.2'), await ask('192.0.2.3'), await ask('198.51.100.1')]
    expect(asked.map((answer) => answer.headers.getSetCookie().length)).toEqual([1, 1, 0, 1])
    expect(asked[2]!.headers.get('cache-control')).toContain('no-store')
  })
})
