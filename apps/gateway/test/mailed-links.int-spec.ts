import { setTimeout as wait } from 'node:timers/promises'
import { DomainError, type ErrorKind, identity as identityContracts, media, notifications } from '@mpics/contracts'
import { on, peer, type TestPeer, type TestService } from '@mpics/testing'
import { gateway, others } from './setup/gateway.js'
import { recordingService } from './setup/recording-service.js'
import { stoppedAfterEach } from './setup/stopped-after-each.js'

const BROWSER = { accept: 'text/html', 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' }
const TOKEN = 'CANARYTOKENCANARYTOKENCANARYTOKENCANARYTOKEN'

class Refusal extends DomainError {
  constructor(
    readonly code: string,
    readonly kind: ErrorKind,
  ) {
    super('refused')
  }
}

describe('addresses that mails link', () => {
  let peers: TestPeer
  let service: TestService
  let unsubscribed = 0

  beforeAll(async () => {
    peers = await others(
      on(notifications.getUnsubscribe, () => ({ category: 'follows' as const, choice: 'immediate' as const })),
      on(
        notifications.postUnsubscribe,
        () => (unsubscribed++, { category: 'follows' as const, choice: 'off' as const }),
      ),
      on(media.listProfilePhotos, () => ({ items: [], nextCursor: null })),
    )
    service = await gateway(peers.url)
  })
  afterAll(() => Promise.all([service.stop(), peers.stop()]))
  const keep = stoppedAfterEach()

  const call = (path: string, init: RequestInit = {}) => fetch(new URL(path, service.url), init)
  const page = async (path: string, init: RequestInit = {}) => {
    const answer = await call(path, { ...init, headers: { ...BROWSER, ...init.headers } })
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }
  const form = (path: string, fields: Record<string, string>) =>
    page(path, { method: 'POST', body: new URLSearchParams(fields), headers: { 'sec-fetch-site': 'same-origin' } })

  it('GET of a link in a mail changes nothing; the form does; the token stays out of what others see', async () => {
    const before = unsubscribed
    const shown = await page(`/unsubscribe/${TOKEN}`)
    expect([shown.status, shown.headers.get('referrer-policy'), unsubscribed]).toEqual([200, 'no-referrer', before])
    expect(shown.text).toContain('<strong>follows</strong>')
    expect(shown.text).not.toContain('view.js')
    const done = await form(`/unsubscribe/${TOKEN}`, {})
    expect([done.status, unsubscribed]).toEqual([200, before + 1])
    // RFC 8058: a mail program posts it itself
    const oneClick = await call(`/unsubscribe/${TOKEN}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    })
    expect([oneClick.status, unsubscribed]).toEqual([200, before + 2])
  })

  it('takes a one-click unsubscription from any origin and with more in its address, and no other call', async () => {
    const body = JSON.stringify({ category: 'follows', choice: 'off' })
    const mailer = keep(await recordingService(() => ({ headers: { 'content-type': 'application/json' }, body })))
    const other = keep(await gateway(peers.url, { environment: { NOTIFICATIONS_URL: mailer.url } }))
    const paths = [
      `/v1/unsubscribe/${TOKEN}`,
      `/v1/unsubscribe/${TOKEN}?utm_source=x`,
      `/unsubscribe/${TOKEN}?utm_source=x`,
    ]
    for (const origin of ['https://mail.example', 'moz-extension://0b1c', 'null']) {
      const headers = { origin, 'sec-fetch-site': 'cross-site', 'content-type': 'application/x-www-form-urlencoded' }
      const post = (path: string) =>
        fetch(new URL(path, other.url), { method: 'POST', headers, body: 'List-Unsubscribe=One-Click' })
      const before = mailer.received.length
      for (const path of paths)
        expect({ origin, path, status: (await post(path)).status }).toEqual({ origin, path, status: 200 })
      expect((await post('/v1/sessions')).status).toBe(403)
      const received = mailer.received.slice(before).map(({ method, url }) => `${method} ${url.split('?')[0]}`)
      expect(received).toEqual(Array(3).fill(`POST /v1/unsubscribe/${TOKEN}`))
    }
  })

  it('shows a page where a browser opens the address that is for programs, and an answer to programs', async () => {
    const before = unsubscribed
    for (const path of [`/v1/unsubscribe/${TOKEN}`, `/v1/unsubscribe/${TOKEN}?utm_source=x`]) {
      const shown = await page(path)
      expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
      expect(shown.text).toContain(`action="/unsubscribe/${TOKEN}"`)
      const answer = await call(path, { headers: { accept: 'application/json' } })
      expect([answer.status, await answer.json()]).toEqual([200, { category: 'follows', choice: 'immediate' }])
      for (const { headers } of [shown, answer]) {
        expect(headers.get('cache-control')).toBe('private, no-store')
        expect(headers.get('vary')).toContain('Accept')
      }
    }
    expect(unsubscribed).toBe(before)
  })

  it('is in German where a German mail leads to it, and stays so when a form is sent', async () => {
    const german = async (answer: Promise<{ status: number; text: string }>, words: RegExp) => {
      const { status, text } = await answer
      expect({ status, text }).toEqual({ status: expect.any(Number), text: expect.stringMatching(words) })
      expect(text).toContain('<html lang="de" dir="ltr">')
      expect(text).toContain('href="/policies/privacy?lang=de"')
      return /action="([^"]+)"/.exec(text)?.[1] ?? ''
    }
    const action = await german(page(`/unsubscribe/${TOKEN}?lang=de`), /Mails über <strong>neue Follower/)
    await german(form(action, {}), /abgestellt/)
    await german(page(`/v1/unsubscribe/${TOKEN}?lang=de`), /Mails über <strong>neue Follower/)
    const reset = await german(page(`/reset-password?token=${TOKEN}&lang=de`), /Neues Passwort/)
    expect(reset).toBe('/reset-password?lang=de')
    await german(page('/reset-password?lang=de'), /Deine Mailadresse/)
    await german(page('/verify-email?lang=de'), /gilt nicht mehr/)
    await german(page('/@ada?lang=de'), /Follower ·\s+folgt/)
    await german(page('/policies/privacy?lang=de'), /<article lang="en" dir="ltr">/)
    expect((await page('/@ada?lang=xx')).text).toContain('<html lang="en" dir="ltr">')
  })

  it('verifies an address and sets a password by form', async () => {
    const identity = keep(
      await peer(
        on(identityContracts.verifyEmail, () => undefined),
        on(identityContracts.describeVerification, () => ({ handle: 'ada', registeredAt: '2026-01-31T12:00:00.000Z' })),
        on(identityContracts.confirmPasswordReset, () => undefined),
        on(identityContracts.requestPasswordReset, () => undefined),
      ),
    )
    const other = keep(await gateway(peers.url, { environment: { IDENTITY_URL: identity.url } }))
    const post = (path: string, fields: Record<string, string>) =>
      fetch(new URL(path, other.url), { method: 'POST', headers: BROWSER, body: new URLSearchParams(fields) })
    for (const path of [`/verify-email?token=${TOKEN}`, `/reset-password?token=${TOKEN}`]) {
      const shown = await fetch(new URL(path, other.url))
      expect([shown.status, shown.headers.get('referrer-policy')]).toEqual([200, 'no-referrer'])
      expect(shown.headers.get('cache-control')).toBe('private, no-store')
      expect(await shown.text()).toContain(`name="token" value="${TOKEN}"`)
    }
    expect(identity.calls(identityContracts.verifyEmail)).toEqual([])
    expect((await post('/verify-email', { token: TOKEN })).status).toBe(200)
    expect((await post('/reset-password', { token: TOKEN, newPassword: 'four unrelated words here' })).status).toBe(200)
    expect((await post('/reset-password', { token: TOKEN, newPassword: 'short' })).status).toBe(422)
    expect((await post('/reset-password/mail', { email: 'ada@people.example' })).status).toBe(202)
    expect(identity.calls(identityContracts.verifyEmail).map(({ body }) => body)).toEqual([{ token: TOKEN }])
    expect(identity.calls(identityContracts.confirmPasswordReset).map(({ body }) => body.newPassword)).toEqual([
      'four unrelated words here',
    ])
  })

  it.each([
    ['confirm', identityContracts.confirmFactorRecovery],
    ['cancel', identityContracts.cancelFactorRecovery],
  ] as const)('of a lost factor %s only by the button, and keep the token from others', async (act, api) => {
    const answer = act === 'confirm' ? { dueAt: new Date().toISOString() } : undefined
    const identity = keep(await peer(on(api, () => answer)))
    const other = keep(await gateway(peers.url, { environment: { IDENTITY_URL: identity.url } }))
    const path = `/${act}-factor-recovery`
    const shown = await fetch(new URL(`${path}?token=${TOKEN}`, other.url), { headers: BROWSER })
    expect([shown.status, shown.headers.get('referrer-policy'), shown.headers.get('cache-control')]).toEqual([
      200,
      'no-referrer',
      'private, no-store',
    ])
    const text = await shown.text()
    expect(text).toContain(`action="${path}"`)
    expect([text.includes(`name="token" value="${TOKEN}"`), text.includes('view.js')]).toEqual([true, false])
    expect(identity.calls(api)).toEqual([])
    const post = (token: string) =>
      fetch(new URL(path, other.url), { method: 'POST', headers: BROWSER, body: new URLSearchParams({ token }) })
    expect([(await post('')).status, (await post(TOKEN)).status]).toEqual([410, 200])
    expect(identity.calls(api).at(-1)!.body).toEqual({ token: TOKEN })
    expect((await fetch(new URL(path, other.url), { headers: BROWSER })).status).toBe(410)
  })

  describe('to another mail address', () => {
    let identity: TestPeer
    let other: TestService
    let refusal: DomainError | undefined
    const answered = () => {
      if (refusal) throw refusal
    }
    beforeAll(async () => {
      identity = await peer(
        on(identityContracts.confirmEmailChange, answered),
        on(identityContracts.freezeEmailChange, answered),
        on(identityContracts.decideEmailChange, answered),
      )
      other = await gateway(peers.url, { environment: { IDENTITY_URL: identity.url } })
    })
    afterAll(() => Promise.all([other.stop(), identity.stop()]))

    const ask = async (path: string, fields?: Record<string, string>) => {
      const form = fields && { method: 'POST', body: new URLSearchParams(fields) }
      const answer = await fetch(new URL(path, other.url), { headers: BROWSER, ...form })
      const kept = [answer.headers.get('referrer-policy'), answer.headers.get('cache-control')]
      expect({ path, kept }).toEqual({ path, kept: ['no-referrer', 'private, no-store'] })
      return { status: answer.status, text: await answer.text() }
    }
    const refusing = async (code: string, kind: ErrorKind, work: () => Promise<unknown>) => {
      refusal = new Refusal(code, kind)
      await work()
      refusal = undefined
    }

    it.each([
      ['/confirm-email', identityContracts.confirmEmailChange],
      ['/freeze-email', identityContracts.freezeEmailChange],
    ] as const)('%s acts by its button alone, and keeps the token from others', async (path, api) => {
      const { status, text } = await ask(`${path}?token=${TOKEN}`)
      expect([status, text.includes(`name="token" value="${TOKEN}"`), text.includes('view.js')]).toEqual([
        200,
        true,
        false,
      ])
      expect([(await ask(path)).status, identity.calls(api)]).toEqual([410, []])
      expect([(await ask(path, { token: '' })).status, (await ask(path, { token: TOKEN })).status]).toEqual([410, 200])
      expect(identity.calls(api).at(-1)!.body).toEqual({ token: TOKEN })
      await refusing('identity.link-expired', 'gone', async () => {
        expect((await ask(path, { token: TOKEN })).status).toBe(410)
      })
    })

    it('says why a new one cannot be confirmed', async () => {
      for (const [code, words] of [
        ['identity.email-taken', 'has another account'],
        ['identity.email-change-frozen', 'is frozen'],
      ] as const)
        await refusing(code, 'conflict', async () =>
          expect(await ask('/confirm-email', { token: TOKEN })).toEqual({
            status: 409,
            text: expect.stringContaining(words),
          }),
        )
    })

    it('asks what becomes of a frozen one, and drops it unless told to keep it', async () => {
      const frozen = await ask('/freeze-email', { token: TOKEN })
      expect(frozen.text).toContain('action="/freeze-email/decision"')
      const decide = (fields: object) => ask('/freeze-email/decision', { token: TOKEN, ...fields })
      expect((await decide({ decision: 'keep', password: 'mine', code: '' })).text).toContain('goes on')
      expect((await decide({ decision: '?', code: ' 123456 ' })).text).toContain('is dropped')
      expect(identity.calls(identityContracts.decideEmailChange).map(({ body }) => body)).toEqual([
        { token: TOKEN, decision: 'keep', password: 'mine' },
        { token: TOKEN, decision: 'drop', code: '123456' },
      ])
      await refusing('identity.proof-failed', 'forbidden', async () => {
        const { status, text } = await decide({ decision: 'keep', password: 'a guess' })
        expect([status, text.includes('does not prove'), text.includes('a guess')]).toEqual([403, true, false])
      })
      expect((await decide({ decision: 'keep' })).status).toBe(403)
    })
  })

  it('says what became of a new password, however long identity takes, and not that it does not know', async () => {
    let changed = 0
    const identity = keep(
      await peer(
        on(identityContracts.confirmPasswordReset, async () => {
          await wait(2_500)
          changed++
        }),
      ),
    )
    const other = keep(await gateway(peers.url, { environment: { IDENTITY_URL: identity.url } }))
    const fields = { token: TOKEN, newPassword: 'four unrelated words here' }
    const body = new URLSearchParams(fields)
    const byForm = await fetch(new URL('/reset-password', other.url), { method: 'POST', headers: BROWSER, body })
    expect([byForm.status, byForm.headers.get('cache-control'), changed]).toEqual([200, 'private, no-store', 1])
    const byCall = await fetch(new URL('/v1/password-resets/confirm', other.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fields),
    })
    expect([byCall.status, changed]).toEqual([204, 2])
  })
})
