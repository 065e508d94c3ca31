import { identity, notifications } from '@mpics/contracts'
import { ChangeConsent } from '../src/consents/change-consent.js'
import { KeepWithdrawnAfterRestore } from '../src/consumers/keep-withdrawn-after-restore.js'
import { firstBrokenEntry } from '../src/ledger/check-ledger.js'
import { LedgerRepository } from '../src/ledger/ledger.repository.js'
import { LedgerSignatures } from '../src/ledger/ledger-signatures.js'
import { PoliciesInForce } from '../src/policies/policies-in-force.js'
import { formFor, give, withdraw } from './setup/consents.js'
import { ServiceHarness } from './setup/service-harness.js'
import { register, verified } from './setup/people.js'

const PURPOSES = ['email-news', 'email-products', 'email-offers', 'third-party-sharing', 'personalised-ads'] as const
const NOTICE = '2015-03-14'

describe('consents', () => {
  let harness: ServiceHarness
  beforeAll(async () => (harness = await ServiceHarness.open()))
  afterAll(() => harness.close())

  const member = async () => {
    const { id } = await register(harness)
    const me = harness.as(id)
    const put = (purpose: string, body: object) => me.put(`/v1/me/consents/${purpose}`, body)
    const answers = async () =>
      ((await me.get('/v1/me/consents')).body.items as { granted: boolean }[]).map(({ granted }) => granted)
    return { id, me, put, answers }
  }
  const history = async (id: string) => (await harness.get(LedgerRepository).find(id)).entries

  it('are not given by registering, nor by looking at a form', async () => {
    const { id, me } = await member()
    for (const purpose of PURPOSES) await formFor(harness, id, purpose)
    const { body } = await me.get('/v1/me/consents')
    const effective = { allowed: false, reason: 'default' }
    const never = { granted: false, noticeVersion: null, receiptId: null, changedAt: null, effective }
    expect(body.items).toEqual(PURPOSES.map((purpose) => ({ purpose, ...never })))
    expect(await harness.collection('consents').findOne({ _id: id })).toBeNull()
  })

  it('are told under the key of account and purpose, in order', async () => {
    const { id } = await member()
    const news = [await give(harness, id, 'email-news'), await withdraw(harness, id, 'email-news')]
    expect([...news, await give(harness, id, 'email-offers')].map((r) => r.status)).toEqual([200, 200, 200])
    const told = await harness.told(identity.consentChanged, `${id}:email-news`)
    expect(told.map((e) => e.data['granted'])).toEqual([true, false])
    expect(told.map((e) => e.data['receiptId'])).toEqual(news.map((r) => r.body.receiptId as string))
    const [first, second] = told.map((e) => e.sequence ?? 0)
    expect(second).toBeGreaterThan(first ?? 0)
  })

  it('are entered one after the other when they change at once, in one sound and signed chain', async () => {
    const { id, me } = await member()
    await Promise.all(PURPOSES.map((purpose) => give(harness, id, purpose)))
    await Promise.all(['email-news', 'email-news', 'email-offers'].map((purpose) => withdraw(harness, id, purpose)))
    const { body } = await me.get('/v1/me/consents/history')
    expect(body.items.map((e: { sequence: number }) => e.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7])
    const { isSigned } = harness.get(LedgerSignatures)
    expect(firstBrokenEntry(await harness.get(LedgerRepository).find(id), isSigned)).toBeUndefined()
    await harness.collection('consents').updateOne({ _id: id }, { $set: { 'entries.3.payload.granted': false } })
    expect(firstBrokenEntry(await harness.get(LedgerRepository).find(id), isSigned)).toBe(4)
  })

  it('page through their history', async () => {
    const { id, me } = await member()
    for (const purpose of PURPOSES) await give(harness, id, purpose)
    const first = (await me.get('/v1/me/consents/history?limit=3')).body as { items: unknown[]; nextCursor: string }
    const second = (await me.get(`/v1/me/consents/history?limit=3&cursor=${first.nextCursor}`)).body as typeof first
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([3, 2, null])
    expect((await me.get('/v1/me/consents/history?cursor=bm9uc2Vuc2U')).body.code).toBe('cursor-invalid')
  })

  it('keep what was shown: text, choices, language and surface', async () => {
    const { id, put } = await member()
    const form = await formFor(harness, id, 'email-news', '?locale=de&surface=page')
    expect(form).toMatchObject({ language: 'de', noticeVersion: NOTICE, title: expect.stringContaining('Neues') })
    const { noticeVersion, served, textHash, textVersion, choices } = form
    const { body } = await put('email-news', { granted: true, noticeVersion, served })
    const shown = {
      id: expect.any(String),
      language: 'de',
      textHash,
      textVersion,
      choices,
      shownAt: expect.any(String),
    }
    expect(body.payload).toMatchObject({ accountId: id, purpose: 'email-news', surface: 'page', served: shown })
    expect(choices).toEqual([
      { granted: true, label: 'Ja, schreibt mir über Neues' },
      { granted: false, label: 'Nein' },
    ])
  })

  it('have one receipt for the same answer, also with one form at once, and long after', async () => {
    const { id, put } = await member()
    const { noticeVersion, served } = await formFor(harness, id, 'email-news')
    const answer = { granted: true, noticeVersion, served }
    const answers = await Promise.all(Array.from({ length: 12 }, () => put('email-news', answer)))
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.receiptId}`)).size).toBe(1)
    expect((await give(harness, id, 'email-news')).body.receiptId).toBe(answers[0]!.body.receiptId)
    expect(await history(id)).toHaveLength(1)
    const [first, second] = [await withdraw(harness, id, 'email-news'), await withdraw(harness, id, 'email-news')]
    expect(second.body).toEqual(first.body)
  })

  it('need the form that was shown: each other one is refused by a code of its own, and changes nothing', async () => {
    const { id, put, answers } = await member()
    const stranger = await member()
    const form = await formFor(harness, id, 'email-news')
    const [foreign, sharing] = [
      await formFor(harness, stranger.id, 'email-news'),
      await formFor(harness, id, 'third-party-sharing'),
    ]
    const granted = (more: object) => put('email-news', { granted: true, noticeVersion: NOTICE, ...more })
    const refusals = {
      'identity.served-missing': [
        granted({}),
        granted({ served: '' }),
        granted({ noticeVersion: undefined, served: form.served }),
      ],
      'identity.served-invalid': [
        granted({ served: `${form.served}A` }),
        granted({ served: form.served.slice(1) }),
        granted({ served: `${form.served}=` }),
        granted({ served: form.served.replace('.', '=.') }),
        granted({ served: 'x' }),
      ],
      'identity.served-for-another-account': [granted({ served: foreign.served })],
      'identity.served-for-another-purpose': [granted({ served: sharing.served })],
      'identity.policy-outdated': [granted({ served: form.served, noticeVersion: '1999-01-01' })],
      'input-invalid': [put('telepathy', { granted: true }), put('email-news', { granted: 'true' })],
    }
    for (const [code, refused] of Object.entries(refusals))
      for (const { body } of await Promise.all(refused)) expect(body.code).toBe(code)
    expect(await answers()).toEqual([false, false, false, false, false])
    expect((await granted({ served: form.served })).status).toBe(200)
    await withdraw(harness, id, 'email-news')
    expect((await granted({ served: form.served })).body.code).toBe('identity.served-used')
    expect(await answers()).toEqual([false, false, false, false, false])
  })

  it('take a form for 24 hours, and give its receipt again after that', async () => {
    const { id, put } = await member()
    const [used, late] = [await formFor(harness, id, 'email-news'), await formFor(harness, id, 'email-offers')]
    const give = (purpose: string, { noticeVersion, served }: typeof used) =>
      put(purpose, { granted: true, noticeVersion, served })
    const receipt = await give('email-news', used)
    harness.pass(24 * 60 * 60_000)
    expect((await give('email-offers', late)).body.code).toBe('identity.served-expired')
    expect((await give('email-news', used)).body).toEqual(receipt.body)
  })

  it('are withdrawn whatever else is sent, and while the account is being closed', async () => {
    const { id } = await verified(harness)
    const me = harness.as(id)
    const nonsense = { noticeVersion: '1999-01-01', served: 'é\u0000🎞️'.repeat(99) }
    for (const purpose of PURPOSES) await give(harness, id, purpose)
    for (const purpose of PURPOSES.slice(1))
      expect((await me.put(`/v1/me/consents/${purpose}`, { granted: false, ...nonsense })).status).toBe(200)
    const form = await formFor(harness, id, 'email-offers')
    const closure = { requestedAt: new Date(), erasesAt: new Date(harness.clock.now().getTime() + 60_000) }
    await harness.collection('accounts').updateOne({ _id: id }, { $set: { closure } })
    const again = { granted: true, noticeVersion: form.noticeVersion, served: form.served }
    expect((await me.put('/v1/me/consents/email-offers', again)).body.code).toBe('identity.account-closing')
    expect((await withdraw(harness, id, 'email-news')).body.granted).toBe(false)
  })

  it('B23.1 are withdrawn by the link in a mail, once, unless the person answered since', async () => {
    const { id, me, answers } = await member()
    await give(harness, id, 'email-news')
    await give(harness, id, 'email-offers')
    const request = (requestedAt: Date) =>
      harness.service.publish(
        notifications.unsubscribeRequested.of({
          accountId: id,
          purpose: 'email-news',
          requestedAt: requestedAt.toISOString(),
        }),
      )
    await request(new Date(0))
    await harness.service.untilIdle()
    expect(await answers()).toEqual([true, false, true, false, false])
    const now = harness.clock.now()
    for (const _ of [1, 2]) await request(now)
    await harness.service.untilIdle()
    expect(await answers()).toEqual([false, false, true, false, false])
    const { items } = (await me.get('/v1/me/consents/history')).body as { items: { payload: object }[] }
    expect(items.map(({ payload }) => payload)).toMatchObject([
      {},
      {},
      { surface: 'one-click', granted: false, served: null },
    ])
  })

  it('are withdrawn again where a restore has lost it, unless the person answered since', async () => {
    const { id, answers } = await member()
    await give(harness, id, 'email-news')
    const lost = async (changedAt: Date) => {
      const data = { accountId: id, purpose: 'email-news', granted: false, changedAt: changedAt.toISOString() }
      await harness.get(KeepWithdrawnAfterRestore).handle({ data } as never)
      return (await answers())[0]
    }
    expect(await lost(new Date(0))).toBe(true)
    expect(await lost(harness.clock.now())).toBe(false)
  })

  it('B58.1 an explicit answer counts before Sec-GPC, which counts before silence', async () => {
    const { id, me } = await member()
    await give(harness, id, 'personalised-ads')
    const effective = async (headers: Record<string, string>) =>
      ((await me.get('/v1/me/consents', headers)).body.items as { effective: object }[]).map((each) => each.effective)
    const silent = { allowed: false, reason: 'default' }
    const signal = { allowed: false, reason: 'global-privacy-control' }
    const given = { allowed: true, reason: 'choice' }
    expect(await effective({ 'sec-gpc': '1' })).toEqual([silent, silent, silent, signal, given])
    expect(await effective({ 'sec-gpc': '0' })).toEqual([silent, silent, silent, silent, given])
  })

  it('are known at the moment of sending', async () => {
    const { id } = await member()
    const { changedAt } = (await give(harness, id, 'email-news')).body
    await give(harness, id, 'email-offers')
    await withdraw(harness, id, 'email-offers')
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
        consentsGivenAt: { 'email-news': changedAt },
        hidden: false,
        newEmail: null,
      },
    ])
  })

  it('B64.1 a use is decided by the policy in force at that moment, not by the one of the answer', async () => {
    const { id, put } = await member()
    await give(harness, id, 'third-party-sharing')
    const { served } = await formFor(harness, id, 'email-news')
    const decisions = async () => {
      const items = [id, '01931f3e-0000-7000-8000-000000000001'].map((accountId) => ({
        accountId,
        purpose: 'third-party-sharing',
      }))
      return (await harness.from('media').post('/internal/consent-decisions', { items })).body
    }
    const given = { allowed: true, reason: 'choice' }
    const unknown = { allowed: false, reason: 'default' }
    expect(await decisions()).toMatchObject({ policyVersion: NOTICE, items: [given, unknown] })
    const effectiveAt = new Date(harness.clock.now().getTime() + 60_000)
    const next = { version: 'next', effectiveAt, publishedAt: new Date(), text: 'next', summary: 'next' }
    await harness.collection('policies').updateOne({ _id: 'privacy' }, { $push: { versions: next } } as never)
    harness.get(PoliciesInForce).forget()
    expect(await decisions()).toMatchObject({ policyVersion: NOTICE })
    harness.pass(60_000)
    expect(await decisions()).toMatchObject({ policyVersion: 'next', items: [given, unknown] })
    const { noticeVersion } = await formFor(harness, id, 'email-news')
    expect(noticeVersion).toBe('next')
    const { body } = await put('email-news', { granted: true, noticeVersion, served })
    expect(body.code).toBe('identity.served-for-another-notice')
    await harness.collection('policies').updateOne({ _id: 'privacy' }, { $pop: { versions: 1 } } as never)
    harness.get(PoliciesInForce).forget()
  })

  it('200 histories on real servers end as the person said last, and nothing may be used after a withdrawal', async () => {
    const changing = harness.get(ChangeConsent)
    const now = () => harness.clock.now().toISOString()
    const people = await Promise.all(Array.from({ length: 20 }, member))
    const run = async (i: number) => {
      const { id, answers } = people[i % people.length]!
      const purpose = PURPOSES[i % PURPOSES.length]!
      const steps = Array.from({ length: 1 + (i % 4) }, (_, n) => (i >> n) % 2 === 0)
      for (const granted of steps)
        if (granted) await give(harness, id, purpose)
        else if (i % 3 === 0) await changing.withdraw(id, { purpose, requestedAt: now(), surface: 'one-click' })
        else await withdraw(harness, id, purpose)
      return { wanted: steps.at(-1)!, found: (await answers())[PURPOSES.indexOf(purpose)] }
    }
    const ends: { wanted: boolean; found: boolean | undefined }[] = []
    for (let i = 0; i < 200; i += people.length) ends.push(...(await Promise.all(people.map((_, n) => run(i + n)))))
    expect(ends.filter(({ wanted, found }) => wanted !== found)).toEqual([])
    expect(ends).toHaveLength(200)
  })
})
