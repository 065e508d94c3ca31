import { randomUUID } from 'node:crypto'
import { analytics, identity, media, notifications, profiles } from '@mpics/contracts'
import { DAY_MS, MINUTE_MS } from '@mpics/contracts/durations'
import { Clock, Health, Metrics } from '@mpics/service-kit'
import { documentsWith, eventually } from '@mpics/testing'
import { compactVerify, importJWK } from 'jose'
import { IdentityConfig } from '../src/config.js'
import { EraseDueAccounts } from '../src/erasures/erase-due-accounts.js'
import { RequestExport } from '../src/exports/request-export.js'
import { AddSession } from '../src/sessions/add-session.js'
import { ServiceHarness } from './setup/service-harness.js'
import { logIn, type Person, register, registration, verified } from './setup/people.js'

const answers = [profiles, media, notifications, analytics].map(({ erasureCompleted }) => erasureCompleted)

describe('erasing an account', () => {
  let harness: ServiceHarness
  beforeAll(async () => {
    harness = await ServiceHarness.open()
    await harness.letErasuresBegin()
  })
  afterAll(() => harness.close())

  const close = async (person: Person) => {
    const { body } = await logIn(harness, person)
    const me = harness.as(person.id, body.sessionId as string)
    await me.put('/v1/me/consents/email-news', { granted: false, noticeVersion: '2015-03-14' })
    return me.delete('/v1/me')
  }
  const erase = () => harness.get(EraseDueAccounts).execute()
  const erasedFact = async ({ id }: Person) => (await harness.told(identity.accountErased, id)).map(({ data }) => data)
  const erasureOf = (erasureId: string) => harness.collection('erasures').findOne({ _id: erasureId })
  const isGone = ({ id }: Person) =>
    eventually('the account is gone', async () => !(await harness.collection('accounts').findOne({ _id: id })))
  const answer = async (erasureId: string, from = answers) => {
    for (const event of from) await harness.service.publish(event.of({ erasureId, documents: 2, objects: 1 }))
    await harness.service.untilIdle()
  }
  const claims = async () =>
    (await harness.from('notifications').post('/internal/last-mails/claims')).body.items as Record<string, string>[]
  const settle = (erasureId: string, outcome: string) =>
    harness.from('notifications').post(`/internal/last-mails/${erasureId}/outcome`, { outcome })

  async function erased(): Promise<{ person: Person; erasureId: string }> {
    const person = await verified(harness)
    await close(person)
    harness.pass(7 * DAY_MS + 6 * MINUTE_MS)
    await erase()
    const [fact] = await erasedFact(person)
    return { person, erasureId: fact!.erasureId }
  }

  it('B52 is erased once after the grace: nothing of it is left, but the address, sealed, for the last mail', async () => {
    const person = await verified(harness)
    const other = await verified(harness)
    await close(person)
    harness.pass(7 * DAY_MS)
    await erase()
    expect(await erasedFact(person)).toEqual([])
    harness.pass(6 * MINUTE_MS)
    await Promise.all([erase(), erase()])
    const facts = await erasedFact(person)
    expect(facts).toEqual([{ accountId: person.id, erasureId: expect.any(String), erasedAt: expect.any(String) }])
    await isGone(person)
    await harness.service.untilIdle()
    expect(await documentsWith(harness.connection, [person.id, person.email, person.handle])).toEqual([])
    expect(await harness.collection('accounts').findOne({ _id: other.id })).not.toBeNull()
    expect(await erasureOf(facts[0]!.erasureId)).toMatchObject({
      cause: 'closed',
      mail: { sealed: expect.any(String) },
    })
    expect((await harness.anybody.post('/v1/accounts', registration({ handle: person.handle }))).status).toBe(409)
  })

  it('B52 is not undone by a log-in, or a request for an export, that was on its way', async () => {
    const { person } = await erased()
    await isGone(person)
    const session = { id: randomUUID(), credentials: 'x', browser: 'Firefox', country: null, sharedComputer: false }
    const hashes = { knownBrowserHash: null, refreshHash: 'x', provedBy: [] }
    const now = harness.get(Clock).now()
    const opened = await harness.get(AddSession).execute({ ...session, ...hashes, accountId: person.id }, true, now)
    expect(opened.account).toBeNull()
    await harness.get(RequestExport).execute(person.id)
    expect(await documentsWith(harness.connection, [person.id])).toEqual([])
  })

  it('B52 is closed by the last service, with a receipt that its key proves and a mail that is given out once', async () => {
    const { person, erasureId } = await erased()
    await answer(erasureId, answers.slice(1))
    expect(await claims()).toEqual([])
    await answer(erasureId)
    await eventually('closed', async () => (await erasureOf(erasureId))?.finishedAt)
    const [mail, ...others] = await claims()
    expect([mail, others]).toMatchObject([{ erasureId, email: person.email, handle: person.handle, locale: 'en' }, []])
    const [key] = harness.get(IdentityConfig).IDENTITY_RECEIPT_KEYS
    const { payload } = await compactVerify(mail!.receipt!, await importJWK(key.publicJwk, 'ES256'))
    const receipt = JSON.parse(Buffer.from(payload).toString()) as { parts: { service: string }[] }
    expect(receipt).toMatchObject({ erasureId, finishedAt: mail!.finishedAt, lastTraceAt: mail!.lastTraceAt })
    expect(receipt.parts).toHaveLength(5)
    expect(receipt.parts).toContainEqual({ service: 'media', documents: 2, objects: 1 })
    const receiptBefore = (await erasureOf(erasureId))?.receipt
    await answer(erasureId)
    expect((await erasureOf(erasureId))?.receipt).toBe(receiptBefore)
    expect(await claims()).toEqual([])
    for (let times = 0; times < 2; times++) expect((await settle(erasureId, 'sent')).status).toBe(204)
    expect((await erasureOf(erasureId))?.mail).toBeNull()
    expect(await documentsWith(harness.connection, [person.id, person.email])).toEqual([])
  })

  it('B52 gives a mail out again that failed, or whose sender died, and forgets the address after 48 hours', async () => {
    const { erasureId } = await erased()
    await answer(erasureId)
    expect(await claims()).toHaveLength(1)
    await settle(erasureId, 'failed')
    harness.pass(60_000)
    expect(await claims()).toMatchObject([{ erasureId }])
    expect(await claims()).toEqual([])
    harness.pass(2 * MINUTE_MS)
    expect(await claims()).toMatchObject([{ erasureId }])
    harness.pass(2 * DAY_MS)
    expect(await claims()).toEqual([])
    await erase()
    expect((await erasureOf(erasureId))?.mail).toBeNull()
    expect((await settle('01931f3e-0000-7000-8000-00000000dead', 'sent')).body.code).toBe('identity.erasure-not-found')
  })

  it('B52 an account whose address nobody proved goes without a mail, and its handle is free', async () => {
    const person = await register(harness)
    await close(person)
    harness.pass(6 * MINUTE_MS)
    await erase()
    const [fact] = await erasedFact(person)
    await isGone(person)
    expect(await erasureOf(fact!.erasureId)).toMatchObject({ cause: 'unverified', mail: null })
    expect((await harness.anybody.post('/v1/accounts', registration({ handle: person.handle }))).status).toBe(201)
  })

  it('is not begun when the lock was taken away before', async () => {
    const person = await verified(harness)
    const staff = ['01931f3e-0000-7000-8000-0000000000a1', '01931f3e-0000-7000-8000-0000000000a2']
    const path = `/v1/admin/accounts/${person.id}/lock`
    const as = (by: string) => harness.as(by, undefined, ['operator'])
    await as(staff[0]!).put(path, { reason: 'under-age' })
    await as(staff[1]!).post(`${path}/approval`)
    await as(staff[1]!).post(`/v1/admin/accounts/${person.id}/unlock`)
    harness.pass(6 * MINUTE_MS)
    await erase()
    expect(await erasedFact(person)).toEqual([])
    expect(await harness.collection('accounts').findOne({ _id: person.id })).toMatchObject({ erasure: null })
  })

  it('B52 says aloud when a service has not answered for a day', async () => {
    const overdue = async () =>
      /^identity_erasures_overdue (\d+)$/m.exec(await harness.get(Metrics).registry.metrics())?.[1]
    await erased()
    expect((await harness.get(Health).ready()).ok).toBe(true)
    const before = Number(await overdue())
    harness.pass(DAY_MS + 60_000)
    expect(Number(await overdue())).toBeGreaterThan(before)
  })
})
