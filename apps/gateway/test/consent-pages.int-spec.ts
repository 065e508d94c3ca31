import { randomBytes } from 'node:crypto'
import { DomainError, identity } from '@mpics/contracts'
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
  beforeAll(async () => {
    const effective = { allowed: false, reason: 'default' as const }
    const [news, offers] = ['email-news', 'email-offers'] as const
    peers = await others(
      on(identity.enterPages, async () => ({ accessToken: await accessToken({ sub: OWNER }) })),
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
