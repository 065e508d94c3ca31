import { identity } from '@mpics/contracts'
import { ChangeConsent } from '../src/consents/change-consent.js'
import { ConsentRepository } from '../src/consents/consent.repository.js'
import { firstBrokenEntry } from '../src/consents/consent.js'
import { ConsentReceipts } from '../src/consents/consent-receipts.js'
import { ServiceHarness } from './setup/service-harness.js'
import { register } from './setup/people.js'

const PURPOSES = ['email-news', 'email-products', 'email-offers', 'third-party-sharing', 'personalised-ads'] as const

describe('consents', () => {
  let harness: ServiceHarness
  beforeAll(async () => (harness = await ServiceHarness.open()))
  afterAll(() => harness.close())

  const member = async () => {
    const { id } = await register(harness)
    const me = harness.as(id)
    const put = (purpose: string, granted: boolean, noticeVersion = '2015-03-14') =>
      me.put(`/v1/me/consents/${purpose}`, { granted, noticeVersion })
    return { id, me, put }
  }

  it('are not given by registering', async () => {
    const { me } = await member()
    const { body } = await me.get('/v1/me/consents')
    expect(body.items).toEqual(
      PURPOSES.map((purpose) => ({ purpose, granted: false, noticeVersion: null, receiptId: null, changedAt: null })),
    )
  })

  it('are told under the key of account and purpose, in order', async () => {
    const { id, put } = await member()
    const receipts = [await put('email-news', true), await put('email-news', false), await put('email-offers', true)]
    expect(receipts.map((r) => r.status)).toEqual([200, 200, 200])
    const told = await harness.told(identity.consentChanged, `${id}:email-news`)
    expect(told.map((e) => e.data['granted'])).toEqual([true, false])
    expect(told.map((e) => e.data['receiptId'])).toEqual(receipts.slice(0, 2).map((r) => r.body.receiptId as string))
    const [first, second] = told.map((e) => e.sequence ?? 0)
    expect(second).toBeGreaterThan(first ?? 0)
  })

  it('are entered one after the other when they change at once, in one sound and signed chain', async () => {
    const { id, me, put } = await member()
    const give = (purpose: (typeof PURPOSES)[number]) =>
      harness.get(ChangeConsent).execute(id, { purpose, granted: true, noticeVersion: '2015-03-14' })
    await Promise.all(PURPOSES.map(give))
    await Promise.all([put('email-news', false), put('email-news', false), put('email-offers', false)])
    const { body } = await me.get('/v1/me/consents/history')
    expect(body.items.map((e: { sequence: number }) => e.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7])
    const ledger = await harness.get(ConsentRepository).find(id)
    const { isSigned } = harness.get(ConsentReceipts)
    expect(firstBrokenEntry(ledger, isSigned)).toBeUndefined()
    await harness.collection('consents').updateOne({ _id: id }, { $set: { 'entries.3.granted': false } })
    expect(firstBrokenEntry(await harness.get(ConsentRepository).find(id), isSigned)).toBe(4)
  })

  it('page through their history', async () => {
    const { me, put } = await member()
    for (const purpose of PURPOSES) await put(purpose, true)
    const first = (await me.get('/v1/me/consents/history?limit=3')).body as { items: unknown[]; nextCursor: string }
    const second = (await me.get(`/v1/me/consents/history?limit=3&cursor=${first.nextCursor}`)).body as typeof first
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([3, 2, null])
    expect((await me.get('/v1/me/consents/history?cursor=bm9uc2Vuc2U')).body.code).toBe('cursor-invalid')
  })

  it('are given only for what was shown, and withdrawn in any case', async () => {
    const { put } = await member()
    expect((await put('email-news', true, '1999-01-01')).body.code).toBe('identity.policy-outdated')
    expect((await put('email-news', false, '1999-01-01')).status).toBe(200)
    expect((await put('telepathy', true)).status).toBe(422)
  })

  it('are known at the moment of sending', async () => {
    const { id, put } = await member()
    await put('email-news', true)
    await put('email-offers', true)
    await put('email-offers', false)
    const unknown = '01931f3e-0000-7000-8000-000000000001'
    const { body } = await harness
      .from('notifications')
      .post('/internal/mail-recipients', { accountIds: [id, unknown] })
    expect(body.items).toEqual([
      {
        accountId: id,
        email: expect.stringContaining('@'),
        emailVerified: false,
        handle: expect.any(String),
        locale: 'en',
        timeZone: 'UTC',
        consents: ['email-news'],
        hidden: false,
        newEmail: null,
      },
    ])
  })
})
