import { randomBytes, randomUUID } from 'node:crypto'
import { DomainError, identity } from '@mpics/contracts'
import { newProgramToken } from '@mpics/service-kit'
import { on, type TestPeer, type TestService } from '@mpics/testing'
import { formTokenOf } from '../src/page-sessions/form-tokens.js'
import { accessToken } from './setup/access-tokens.js'
import { formsOf } from './setup/forms.js'
import { gateway, others } from './setup/gateway.js'
import * as sample from './setup/samples.js'

const HTTPS = 'https://mpics.example'
const ORIGIN = { origin: HTTPS, host: 'mpics.example', 'sec-fetch-site': 'same-origin' }
const BROWSER = { accept: 'text/html', 'sec-fetch-dest': 'document' }
const LIFE_DAYS = 90
const PROGRAM = newProgramToken()

class EndedError extends DomainError {
  readonly code = 'identity.session-ended'
  readonly kind = 'unauthenticated'
  constructor() {
    super('The session has ended; log in again.')
  }
}

/** These need no token of a form: a token in the mail permits what they do, or no session plays a part. */
const OPEN_FORMS = [
  '/cancel-factor-recovery',
  '/confirm-email',
  '/confirm-factor-recovery',
  '/freeze-email',
  '/freeze-email/decision',
  '/lock-objection',
  '/privacy/cookies/choice',
  '/reset-password',
  '/reset-password/mail',
  '/unsubscribe/:token',
  '/verify-email',
]

describe('a session for pages', () => {
  let peers: TestPeer
  let service: TestService
  const live = new Map<string, string>()
  const shared = new Set<string>()

  beforeAll(async () => {
    peers = await others(
      on(identity.openPages, ({ body }) => {
        const pageSecret = randomBytes(64).toString('hex')
        live.set(pageSecret, randomUUID())
        const expiresAt = new Date(Date.now() + LIFE_DAYS * 86_400_000).toISOString()
        return { pageSecret, sharedComputer: shared.has(body.refreshToken), expiresAt }
      }),
      on(identity.enterPages, async ({ body }) => {
        const sid = live.get(body.pageSecret)
        if (!sid) throw new EndedError()
        return { accessToken: await accessToken({ sid, iss: HTTPS }) }
      }),
      on(identity.exchangeProgramToken, async () => {
        const tid = randomUUID()
        const claims = { iss: HTTPS, sid: tid, tid, client_id: tid, scope: 'photos:read', rv: undefined }
        return { accessToken: await accessToken(claims) }
      }),
      on(identity.listSessions, () => ({ items: [sample.openSession], nextCursor: null })),
      on(identity.endSession, () => undefined),
      on(identity.endOtherSessions, () => undefined),
    )
    service = await gateway(peers.url, { environment: { PUBLIC_URL: HTTPS } })
  })
  afterAll(() => Promise.all([service.stop(), peers.stop()]))

  const ask = (path: string, init: RequestInit = {}) =>
    fetch(new URL(path, service.url), { redirect: 'manual', ...init, headers: { ...BROWSER, ...init.headers } })
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    ask(path, { method: 'POST', body: new URLSearchParams(fields), headers: { ...ORIGIN, ...headers } })
  const given = (answer: Response, name: string) =>
    answer.headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`)) ?? ''
  const pair = (cookie: string) => cookie.split(';')[0]!
  const valueOf = (cookie: string) => pair(cookie).split('=')[1]!

  async function logIn(fields: Record<string, string> = {}): Promise<Response> {
    const asked = await ask('/log-in')
    const cookie = given(asked, '__Secure-mpform')
    expect(asked.headers.getSetCookie()).toEqual([cookie])
    const form = /name="form" value="(\w+)"/.exec(await asked.text())![1]!
    return post('/log-in', { form, login: 'ada', password: 'a long password', ...fields }, { cookie: pair(cookie) })
  }

  async function session(): Promise<{ cookie: string; form: string }> {
    const cookie = pair(given(await logIn(), '__Host-mpsession'))
    return { cookie, form: formTokenOf(valueOf(cookie)) }
  }

  it('is a cookie of this host alone that no script reads and no other site sends', async () => {
    const answer = await logIn({ next: '/account/sessions' })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account/sessions'])
    expect(given(answer, '__Host-mpsession')).toMatch(
      /^__Host-mpsession=[0-9a-f]{128}; Max-Age=77760\d\d; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
    )
    expect(given(answer, '__Secure-mpform')).toContain('Max-Age=0')
  })

  it('ends with the window on a shared computer, where nothing else stays', async () => {
    shared.add(sample.session.refreshToken)
    const answer = await logIn({ sharedComputer: 'on' })
    shared.clear()
    expect(given(answer, '__Host-mpsession')).not.toContain('Max-Age')
    expect(given(answer, '__Secure-mpshared')).toBe(
      '__Secure-mpshared=1; Path=/v1/page-views; HttpOnly; SameSite=Strict; Secure',
    )
    expect(given(answer, '__Secure-mpbrowser')).toContain('Max-Age=0')
  })

  it('shows pages that nobody keeps, and none without it or once it ended', async () => {
    const { cookie } = await session()
    for (const path of ['/account', '/account/sessions']) {
      const answer = await ask(path, { headers: { cookie } })
      expect([path, answer.status, answer.headers.get('cache-control'), answer.headers.get('etag')]).toEqual([
        path,
        200,
        'private, no-store',
        null,
      ])
      expect(answer.headers.get('referrer-policy')).toBe('same-origin')
      const stranger = await ask(path)
      expect(stranger.headers.get('location')).toBe(`/log-in?next=${encodeURIComponent(path)}`)
    }
    live.clear()
    const ended = await ask('/account', { headers: { cookie } })
    expect([ended.status, ended.headers.get('location')]).toEqual([303, '/log-in?next=%2Faccount'])
    expect(given(ended, '__Host-mpsession')).toContain('Max-Age=0')
  })

  it('never authenticates a call of the API', async () => {
    const { cookie } = await session()
    const status = async (path: string, method = 'GET') => (await ask(path, { method, headers: { cookie } })).status
    expect([await status('/v1/sessions'), await status('/v1/me'), await status('/v1/sessions', 'DELETE')]).toEqual([
      401, 401, 401,
    ])
    expect(
      (await ask('/account', { headers: { authorization: `Bearer ${await accessToken({ iss: HTTPS })}` } })).status,
    ).toBe(303)
  })

  it('is refused beside a token, and a call of the API is that of the token alone', async () => {
    const { cookie, form } = await session()
    const asked = () => peers.calls(identity.enterPages).length + peers.calls(identity.endOtherSessions).length
    const before = asked()
    for (const token of [PROGRAM, await accessToken({ iss: HTTPS })]) {
      const both = { cookie, authorization: `Bearer ${token}` }
      const page = await ask('/account', { headers: both })
      expect([page.status, await page.text()]).toEqual([403, expect.stringContaining('names somebody twice')])
      expect((await post('/account/sessions/end-others', { form }, both)).status).toBe(403)
    }
    const me = async (token: string) => {
      const answer = await ask('/v1/me', { headers: { cookie, accept: '*/*', authorization: `Bearer ${token}` } })
      return ((await answer.json()) as { code?: string }).code
    }
    expect([await me(PROGRAM), await me('nonsense'), asked()]).toEqual([
      'identity.scope-missing',
      'unauthenticated',
      before,
    ])
  })

  it('changes of public pages the head alone, and no cache of ours or of the browser keeps that', async () => {
    const { cookie } = await session()
    const before = peers.calls(identity.enterPages).length
    const [mine, theirs] = [await ask('/@ada', { headers: { cookie } }), await ask('/@ada')]
    expect([mine.headers.get('cache-control'), theirs.headers.get('cache-control')]).toEqual([
      'private, no-store',
      'private, no-cache',
    ])
    const [member, visitor] = [await mine.text(), await theirs.text()]
    expect([member.includes('href="/account"'), visitor.includes('href="/account"')]).toEqual([true, false])
    expect(visitor).toContain('href="/log-in"')
    expect(peers.calls(identity.enterPages).length).toBe(before)
  })

  it('B31 is not looked at where views are counted, and gives or changes no cookie there', async () => {
    const { cookie } = await session()
    const before = peers.calls(identity.enterPages).length
    const view = (headers: Record<string, string>) =>
      ask('/v1/page-views', {
        method: 'POST',
        body: JSON.stringify({ page: '/explore' }),
        headers: { ...ORIGIN, ...headers, 'content-type': 'application/json' },
      })
    const visitor = pair(given(await view({ cookie }), '__Secure-mpvid'))
    const again = await view({ cookie: `${cookie}; ${visitor}` })
    expect([again.status, again.headers.getSetCookie()]).toEqual([202, []])
    expect(peers.calls(identity.enterPages).length).toBe(before)
  })

  it('is opened by the page itself where a link of another site led to it', async () => {
    const answer = await ask('/account', { headers: { 'sec-fetch-site': 'cross-site' } })
    expect([answer.status, answer.headers.get('refresh')]).toEqual([200, '0'])
    expect(given(answer, '__Host-mpsession')).toBe('')
  })

  it('leads to no other site after a log-in', async () => {
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example', '/account/../x', '/v1/me'])
      expect([next, (await logIn({ next })).headers.get('location')]).toEqual([next, '/account'])
  })

  it('B49 ends with a log-off, after which neither cookie nor cache is left', async () => {
    const { cookie, form } = await session()
    const answer = await post('/log-off', { form }, { cookie })
    expect([answer.status, answer.headers.get('clear-site-data')]).toEqual([200, '"cache", "storage"'])
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    expect(given(answer, '__Host-mpsession')).toBe(
      '__Host-mpsession=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict; Secure',
    )
  })

  describe('takes a form', () => {
    const acts = () => peers.calls(identity.endOtherSessions).length + peers.calls(identity.logOff).length

    it('of every page but those that say why not', () => {
      const open = formsOf(service).filter(({ config }) => config.takesToken || config.openForm)
      expect(open.map(({ path }) => path).filter((path) => !OPEN_FORMS.includes(path))).toEqual([])
    })

    it('only from this site, and only with the token of this very session', async () => {
      const [mine, another] = [await session(), await session()]
      const bare = { [mine.cookie]: 'no token', '': 'no cookie' }
      const forms = formsOf(service).filter(({ config }) => !config.takesToken && !config.openForm)
      const before = acts()
      for (const { path } of forms) {
        const refused: Record<string, Response> = {
          'another site': await post(
            path,
            { form: mine.form },
            { cookie: mine.cookie, 'sec-fetch-site': 'cross-site' },
          ),
          'a subdomain': await post(path, { form: mine.form }, { cookie: mine.cookie, 'sec-fetch-site': 'same-site' }),
          'another origin': await post(
            path,
            { form: mine.form },
            { cookie: mine.cookie, origin: 'https://evil.example', 'sec-fetch-site': '' },
          ),
          'another session': await post(path, { form: another.form }, { cookie: mine.cookie }),
          'a form before a log-in': await post(
            path,
            { form: formTokenOf('a'.repeat(64)) },
            { cookie: `${mine.cookie}; __Secure-mpform=${'a'.repeat(64)}` },
          ),
        }
        for (const [cookie, what] of Object.entries(bare))
          refused[what] = await post(path, {}, cookie ? { cookie } : {})
        for (const [what, answer] of Object.entries(refused))
          expect({ path, what, status: answer.status }).toEqual({ path, what, status: 403 })
      }
      expect(forms.length).toBeGreaterThan(3)
      expect(acts()).toBe(before)
    })

    it('and says what is missing where a browser keeps no cookies', async () => {
      const answer = await post('/log-in', { login: 'ada', password: 'x' })
      expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('needs a cookie')])
    })
  })
})
