import { randomBytes } from 'node:crypto'
import { DomainError, identity, notifications } from '@mpics/contracts'
import { on, type TestPeer, type TestService } from '@mpics/testing'
import { accessToken } from './setup/access-tokens.js'
import { gateway, others } from './setup/gateway.js'
import { OWNER } from './setup/samples.js'

const NOTICE = '2015-03-14'
const AT = '2026-01-31T12:00:00.000Z'

class UsedError extends DomainError {
  readonly code = 'identity.served-used'
  readonly kind = 'conflict'
}

describe('the page of consents', () => {
  let peers: TestPeer
  let service: TestService
  const sent: object[] = []
  let closing = false
  beforeAll(async () => {
    const effective = { allowed: false, reason: 'default' as const }
    const [news, offers] = ['email-news', 'email-offers'] as const
    peers = await others(
      on(identity.enterPages, async () => ({
        accessToken: await accessToken({ sub: OWNER, ...(closing && { closing }) }),
      })),
      on(identity.getConsents, () => ({
        items: [
          { purpose: news, granted: true, noticeVersion: NOTICE, receiptId: OWNER, changedAt: AT, effective },
          { purpose: offers, granted: false, noticeVersion: null, receiptId: null, changedAt: null, effective },
        ],
        nextCursor: null,
      })),
      on(identity.getConsentForm, ({ params: { purpose }, query }) => ({
        ...{ purpose, noticeVersion: NOTICE, language: query.locale ?? 'en', textVersion: NOTICE, textHash: 'hash' },
        ...{ title: `About ${purpose} <b>`, text: query.surface, served: `served for ${purpose}`, expiresAt: AT },
        choices: [
          { granted: true, label: `Yes to ${purpose}` },
          { granted: false, label: 'No' },
        ],
      })),
      on(identity.changeConsent, ({ params, body }) => {
        sent.push({ ...params, ...body })
        throw new UsedError('used')
      }),
    )
    service = await gateway(peers.url)
  })
  afterAll(() => Promise.all([service.stop(), peers.stop()]))

  const cookie = `mpsession=${randomBytes(64).toString('hex')}`
  const show = async () => (await fetch(new URL('/account/consents', service.url), { headers: { cookie } })).text()

  it('shows each as it is asked for, with both answers, and none chosen', async () => {
    const text = await show()
    for (const said of ['About email-news &lt;b&gt;', 'Yes to email-offers', 'You agreed on', 'You were not asked yet'])
      expect(text).toContain(said)
    expect(text).not.toMatch(/checked|<script/)
    expect(text).toContain('<p>page</p>')
  })

  it('B52 lets an account that is being closed take back what it gave, and give nothing', async () => {
    closing = true
    const text = await show().finally(() => (closing = false))
    expect(text).toContain('Your account is closed')
    expect([text.includes('About email-news'), text.includes('About email-offers')]).toEqual([true, false])
    expect([...text.matchAll(/name="granted" value="(\w+)"/g)].map(([, value]) => value)).toEqual(['false'])
  })

  it('sends the form that was shown, with the answer, and asks again when it was used', async () => {
    const form = /<form[^]*?<\/form>/.exec(await show())![0]
    const fields = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
    const shown = Object.fromEntries(fields.map(([, name, value]) => [name!, value!]))
    const body = new URLSearchParams({ ...shown, granted: 'false' })
    const headers = { cookie, origin: new URL(service.url).origin, 'sec-fetch-site': 'same-origin' }
    const answer = await fetch(new URL('/account/consents', service.url), { method: 'POST', headers, body })
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('Please answer again')])
    expect(sent).toEqual([
      { purpose: 'email-news', granted: false, noticeVersion: NOTICE, served: 'served for email-news' },
    ])
  })
})

describe('whoever used up every other limit', () => {
  const spent = { GATEWAY_LIMIT_READ: '1', GATEWAY_LIMIT_WRITE: '1', GATEWAY_LIMIT_CREDENTIALS: '1' }
  const TOKEN = 'CANARYTOKENCANARYTOKENCANARYTOKENCANARYTOKEN'
  let peers: TestPeer
  let service: TestService
  beforeAll(async () => {
    peers = await others(
      on(identity.enterPages, async () => ({ accessToken: await accessToken({ sub: OWNER }) })),
      on(identity.getConsents, () => ({ items: [], nextCursor: null })),
      on(identity.changeConsent, () => {
        throw new UsedError('identity was asked')
      }),
      on(notifications.getUnsubscribe, () => ({ category: 'news', choice: 'weekly' }) as never),
      on(notifications.postUnsubscribe, () => ({ category: 'news', choice: 'off' }) as never),
    )
    service = await gateway(peers.url, { environment: spent })
  })
  afterAll(() => Promise.all([service.stop(), peers.stop()]))

  const statusOf = async (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
    (await fetch(new URL(path, service.url), { method, headers, body, redirect: 'manual' })).status

  it('can still take back consents, end mails and refuse to be counted, by the API and on pages', async () => {
    const member = { authorization: `Bearer ${await accessToken({ sub: OWNER })}` }
    const json = { 'content-type': 'application/json' }
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const headers of [{}, member]) {
      const asked = [await statusOf('GET', '/v1/policies', headers), await statusOf('GET', '/v1/policies', headers)]
      expect(asked.at(-1)).toBe(429)
    }
    const session = { cookie: `mpsession=${randomBytes(64).toString('hex')}` }
    const no = JSON.stringify({ granted: false })
    const made = {
      api: await statusOf('PUT', '/v1/me/consents/email-news', { ...member, ...json }, no),
      page: await statusOf('GET', '/account/consents', session),
      oneClick: await statusOf('POST', `/v1/unsubscribe/${TOKEN}`, form, 'List-Unsubscribe=One-Click'),
      link: await statusOf('GET', `/unsubscribe/${TOKEN}`),
      button: await statusOf('POST', `/unsubscribe/${TOKEN}`, form, ''),
      cookies: await statusOf('PUT', '/v1/privacy/cookies/choice', json, JSON.stringify({ counting: false })),
      cookiesPage: await statusOf('POST', '/privacy/cookies/choice', form, 'counting=no'),
    }
    expect(made).toEqual({
      // what the services answer here: the one to a consent that is not asked for, the other to a form
      ...{ api: 409, oneClick: 415 },
      ...{ page: 200, link: 200, button: 200, cookies: 204, cookiesPage: 200 },
    })
  })
})
