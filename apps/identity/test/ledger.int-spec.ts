import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identity } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { PersonalData } from '@mpics/mongo'
import { eraseAll } from '@mpics/testing'
import { firstBrokenEntry } from '../src/ledger/check-ledger.js'
import type { PersonLedger } from '../src/ledger/ledger-entry.js'
import { Ledger } from '../src/ledger/ledger.js'
import { LedgerSignatures } from '../src/ledger/ledger-signatures.js'
import { CheckRoots } from '../src/ledger-roots/check-roots.js'
import { CloseDays } from '../src/ledger-roots/close-days.js'
import { LedgerOrders } from '../src/operations/ledger-orders.js'
import { give, withdraw } from './setup/consents.js'
import { ServiceHarness } from './setup/service-harness.js'
import { type Person, register } from './setup/people.js'

const SCRIPT = join(import.meta.dirname, '../../../docs/verify-ledger.mjs')
const MUTATIONS = join(import.meta.dirname, 'setup/mutate-history.mjs')
const NOTICE = '2015-03-14'

interface Receipt {
  receiptId: string
  hash: string
  day: string
  sequence: number
}

describe('the ledger', () => {
  let harness: ServiceHarness
  let folder: string
  const people: Person[] = []
  beforeAll(async () => {
    harness = await ServiceHarness.open()
    folder = mkdtempSync(join(tmpdir(), 'mpics-ledger-'))
    for (let i = 0; i < 5; i++) people.push(await register(harness))
    for (const { id } of people) await leaveTraces(id)
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await harness.close()
  })

  const leaveTraces = async (id: string) => {
    const ledger = harness.get(Ledger)
    await give(harness, id, 'email-news')
    await ledger.append(id, 'look', {
      staffId: randomUUID(),
      reason: 'a report – 📷',
      fields: ['email'],
      noticeVersion: NOTICE,
    })
    await withdraw(harness, id, 'email-news')
    const told = { recipient: 'a court', ground: 'protection', fields: ['fullName'], noticeVersion: NOTICE }
    await ledger.append(id, 'disclosure', told)
    await ledger.append(id, 'notice', { document: 'terms', noticeVersion: NOTICE })
  }
  const historyOf = async (id: string) =>
    (await harness.as(id).get('/v1/me/consents/history?limit=80')).body as { items: Receipt[] }
  const proofOf = (id: string, { receiptId }: Receipt) => harness.as(id).get(`/v1/me/consents/proofs/${receiptId}`)
  const closeDays = async (days: number) => {
    harness.pass(days * DAY_MS)
    await harness.get(CloseDays).closeAll()
  }
  const roots = async () => {
    await harness.service.untilIdle()
    return (await harness.service.events(identity.rootPublished)).map(({ data }) => data)
  }
  const file = (name: string, content: unknown) => {
    const path = join(folder, name)
    writeFileSync(path, JSON.stringify(content))
    return path
  }

  it('tells the person by kind who received data, and which staff looked', async () => {
    const { id } = people[0]!
    const [ledger, receiptId] = [harness.get(Ledger), randomUUID()]
    const look = { staffId: randomUUID(), reason: 'again', fields: [], noticeVersion: NOTICE }
    const twice = await Promise.all([1, 2].map(() => ledger.append(id, 'look', look, receiptId)))
    expect(twice[0]).toEqual(twice[1])
    expect((await ledger.read(id, 'look')).map(({ payload }) => payload!.reason)).toEqual(['a report – 📷', 'again'])
    expect((await ledger.read(id, 'disclosure')).map(({ payload }) => payload!.recipient)).toEqual(['a court'])
  })

  it('closes each day once, in order, and ties an entry to its root', async () => {
    const { id } = people[0]!
    const { items } = await historyOf(id)
    expect((await proofOf(id, items[0]!)).body.code).toBe('identity.root-not-yet')
    await closeDays(2)
    await Promise.all([1, 2, 3].map(() => harness.get(CloseDays).closeAll()))
    const published = await roots()
    expect(published.map(({ day }) => day)).toEqual([...new Set(published.map(({ day }) => day))].sort())
    expect(published[0]).toMatchObject({ day: items[0]!.day, entries: 5 * 5 + 1 })
    const { body } = await proofOf(id, items[0]!)
    expect(body).toMatchObject({ root: published[0]!.root, head: items.at(-1)!.hash, previousRoot: null })
    expect((await proofOf(people[1]!.id, items[0]!)).body.code).toBe('identity.receipt-not-found')
    await give(harness, id, 'email-offers')
    await closeDays(2)
    const later = (await proofOf(id, (await historyOf(id)).items.at(-1)!)).body as {
      root: string
      previousRoot: string
    }
    expect((await roots()).map(({ root }) => root)).toEqual(expect.arrayContaining([later.root, later.previousRoot]))
  })

  it('is checked offline without our code, which finds each of 10,000 mutations', async () => {
    const { id } = people[0]!
    const history = await historyOf(id)
    const keys = (await harness.anybody.get('/.well-known/receipt-keys.json')).body as object
    const proofs = [(await proofOf(id, history.items[0]!)).body, (await proofOf(id, history.items.at(-1)!)).body]
    const args = [
      file('history.json', history),
      file('keys.json', keys),
      id,
      ...proofs.map((p, i) => file(`proof-${i}.json`, p)),
    ]
    expect(execFileSync('node', [SCRIPT, ...args], { encoding: 'utf8' })).toBe('sound\n')
    const short = file('short.json', { items: history.items.slice(0, -1) })
    expect(() => execFileSync('node', [SCRIPT, short, ...args.slice(1)], { stdio: 'pipe' })).toThrow(/Command failed/)
    const found = execFileSync('node', [MUTATIONS, SCRIPT, ...args], { encoding: 'utf8' })
    expect(found).toBe('10000 of 10000 found\n')
    expect(JSON.stringify(keys)).not.toContain('"d":')
  })

  it('is found altered by operators, in an entry, in a root, and in what is gone', async () => {
    const orders = harness.get(LedgerOrders) as unknown as {
      verify(of: string, from: null): Promise<{ broken: string[] }>
    }
    const ledgers = async () => (await orders.verify('people', null)).broken
    const roots = async () => (await harness.get(CheckRoots).execute(null)).broken
    const { id } = people[2]!
    const consents = harness.collection('consents')
    expect([await ledgers(), await roots()]).toEqual([[], []])
    const whole = (await consents.findOne({ _id: id }))!
    await consents.updateOne({ _id: id }, { $set: { 'entries.1.payload.reason': 'none' } })
    expect([await ledgers(), await roots()]).toEqual([[`${id} at entry 2`], []])
    const day = (whole['entries'] as Receipt[])[0]!.day
    await consents.updateOne({ _id: id }, { $set: { entries: (whole['entries'] as Receipt[]).slice(0, 3) } })
    expect([await ledgers(), await roots()]).toEqual([[], [day]])
    await consents.deleteOne({ _id: id })
    expect([await ledgers(), await roots()]).toEqual([[], [day]])
    await consents.insertOne(whole)
    expect(await roots()).toEqual([])
  })

  it('B52.3 forgets an erased person, and its chain and the roots stay sound', async () => {
    const { id } = people[1]!
    const { items } = await historyOf(id)
    await eraseAll(harness.get(PersonalData), id)
    expect(await harness.collection('consents').findOne({ _id: id })).toBeNull()
    const stored = (await harness.collection('erased_ledgers').find().toArray()) as unknown as PersonLedger[]
    const bare = stored.find(({ entries }) => entries[0]!.hash === items[0]!.hash)!
    const head = { sequence: items.length, hash: items.at(-1)!.hash }
    expect(firstBrokenEntry(bare, harness.get(LedgerSignatures).isSigned, head)).toBeUndefined()
    expect(bare.entries.at(-1)).toMatchObject({ kind: 'erasure', payload: null, commitment: null })
    const text = JSON.stringify(stored)
    for (const word of [id, 'email-news', 'a report', 'court', ...items.map(({ receiptId }) => receiptId)])
      expect(text).not.toContain(word)
    const before = await roots()
    await closeDays(2)
    expect((await roots()).slice(0, before.length)).toEqual(before)
    expect(await harness.collection('ledger_roots').countDocuments()).toBe((await roots()).length)
  })
})
