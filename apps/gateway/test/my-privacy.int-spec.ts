import { randomBytes } from 'node:crypto'
import { type ApiAnswer, type gateway as gatewayContract, identity, media } from '@mpics/contracts'
import { on, peer, type TestPeer, type TestService } from '@mpics/testing'
import { accessToken } from './setup/access-tokens.js'
import { gateway, others } from './setup/gateway.js'
import { inventory, OWNER } from './setup/samples.js'

const AT = '2026-01-31T12:00:00.000Z'
const [RECEIPT, STAFF] = ['01931f3e-0000-7000-8000-000000000901', '01931f3e-0000-7000-8000-000000000902']
const row = { at: AT, receiptId: RECEIPT }
const ledger = {
  received: [{ ...row, recipient: 'Example & Sons', ground: 'court-order', fields: ['email'] }],
  looks: [{ ...row, staffId: STAFF, reason: '<b>a report</b>', fields: ['bio'] }],
  consents: [{ ...row, purpose: 'email-news', granted: true }],
  notices: [{ ...row, document: 'privacy' }],
  closing: null,
}
const place = (where: string, category: string, count: number | null) => ({
  ...{ where, category, count, purpose: 'profile', retention: 'until the account is erased' },
  ...{ isMore: false, endsFrom: null, endsUntil: null },
})

describe('what is held about a member', () => {
  let peers: TestPeer
  let away: TestPeer
  let service: TestService
  const asked: string[] = []
  beforeAll(async () => {
    peers = await others(
      on(identity.getMyLedger, () => ledger),
      on(identity.enterPages, async () => ({ accessToken: await accessToken({ sub: OWNER }) })),
      on(identity.heldData, ({ body }) => {
        asked.push(body.accountId)
        return { items: [place('identity: accounts', 'registration', 1), place('identity: attempts', 'security', 0)] }
      }),
    )
    away = await peer()
    service = await gateway(peers.url, { environment: { MEDIA_URL: away.url } })
  })
  afterAll(() => Promise.all([service.stop(), peers.stop(), away.stop()]))

  const ask = async (path: string, headers: Record<string, string> = {}) =>
    fetch(new URL(path, service.url), { redirect: 'manual', headers })
  const mine = async () => ask('/v1/me/privacy', { authorization: `Bearer ${await accessToken({ sub: OWNER })}` })

  it('is the member’s alone, kept by no cache, with every row of the ledger and what each service holds', async () => {
    const answer = await mine()
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
    const body = (await answer.json()) as ApiAnswer<typeof gatewayContract.getMyPrivacy>
    expect(body).toMatchObject(ledger)
    const registration = body.categories.find(({ category }) => category === 'registration')!
    expect(registration.held).toEqual([place('identity: accounts', 'registration', 1)])
    expect(registration.see).toEqual(['GET /v1/me'])
    expect(new Set(asked)).toEqual(new Set([OWNER]))
    expect((await ask('/v1/me/privacy')).status).toBe(401)
  })

  it('names a service that is away, and goes without it', async () => {
    const { missing } = (await (await mine()).json()) as ApiAnswer<typeof gatewayContract.getMyPrivacy>
    expect(missing).toContain('media')
    expect(missing).not.toContain('identity')
    expect(media.heldData.path).toBe(identity.heldData.path)
  })

  it('is a page, in each language, in which nothing that was written does anything', async () => {
    const cookie = `mpsession=${randomBytes(64).toString('hex')}`
    const page = await ask('/account/privacy', { cookie })
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
    const text = await page.text()
    for (const said of ['Example &amp; Sons', 'court-order', STAFF, '&lt;b&gt;a report', 'email-news', RECEIPT])
      expect(text).toContain(said)
    expect(text).toMatch(/identity: accounts<\/code>:\s+1 record\b/)
    expect(await (await ask('/account/privacy?lang=de', { cookie })).text()).toContain('Was über dich aufgehoben wird')
    expect((await ask('/account/privacy')).headers.get('location')).toBe('/log-in?next=%2Faccount%2Fprivacy')
  })
})

describe('the inventory as a page', () => {
  let peers: TestPeer
  let service: TestService
  beforeAll(async () => {
    peers = await others()
    service = await gateway(peers.url)
  })
  afterAll(() => Promise.all([service.stop(), peers.stop()]))

  it('names each place, field, purpose, retention and recipient, in each language', async () => {
    const text = async (path: string) => (await fetch(new URL(path, service.url))).text()
    const page = await text('/privacy/inventory')
    const [item] = inventory.items
    for (const said of [item!.where, item!.retention, 'profiles, chosen', '<code>bio</code>', '&lt;i&gt;words'])
      expect(page).toContain(said)
    expect(page).toContain('1 field, for: profile')
    expect(await text('/privacy/inventory?lang=de')).toContain('1 Feld, für: profile')
    expect(await text('/')).toContain('href="/privacy/inventory"')
  })
})
