import fc from 'fast-check'
import { appendEntry, chained } from './append-entry.js'
import { firstBrokenEntry } from './check-ledger.js'
import { completeLedger } from './complete-ledger.js'
import { firstHashOf } from './entry-hashes.js'
import { eraseEntries } from './erase-entries.js'
import { type LedgerEntry, type PersonLedger, type Sign } from './ledger-entry.js'

const ACCOUNT = '01931f3e-0000-7000-8000-000000000001'
const OTHER = '01931f3e-0000-7000-8000-000000000002'
const NOTICE = '2015-03-14'
const sign: Sign = (hash) => ({ signature: `signed ${hash}`, keyId: 'k' })
const isSigned = ({ hash, signature, keyId }: { hash: string; signature: string; keyId: string }) =>
  signature === `signed ${hash}` && keyId === 'k'
const pen = (n: number, now = new Date('2026-03-01T12:00:00Z')) => ({
  ...{ receiptId: `01931f3e-0000-7000-8000-00000000001${n}`, salt: `salt ${n}`, sign, now },
})

const first = (id: string): PersonLedger => {
  const said = { accountId: id, receiptId: OTHER, changedAt: '2025-12-31T23:00:00.000Z' }
  const content = { purpose: 'email-news', granted: true, noticeVersion: NOTICE }
  const hash = firstHashOf(1, null, { ...said, ...content })
  const stored = { ...said, ...content, changedAt: new Date(said.changedAt), sequence: 1, hash, ...sign(hash) }
  return completeLedger({ id, entries: [stored as never] })
}

const written = (id = ACCOUNT): PersonLedger => {
  const shown = { id: OTHER, language: 'de', textVersion: NOTICE, textHash: 'h', choices: [], shownAt: 't' }
  const answer = { purpose: 'email-news', granted: true, noticeVersion: NOTICE, surface: 'page', served: shown }
  let ledger = appendEntry(first(id), 'consent', { ...answer, granted: false, served: null }, pen(1))
  ledger = appendEntry(ledger, 'consent', answer, pen(2))
  ledger = appendEntry(
    ledger,
    'look',
    { staffId: OTHER, reason: 'ümlaut 📷', fields: ['email'], noticeVersion: NOTICE },
    pen(3),
  )
  return appendEntry(
    ledger,
    'disclosure',
    { recipient: 'court', ground: 'protection', fields: [], noticeVersion: NOTICE },
    pen(4),
  )
}

const sound = written()
const head = { sequence: 5, hash: sound.entries[4]!.hash }
const broken = (ledger: PersonLedger) => firstBrokenEntry(ledger, isSigned, head)

it('is sound as written, with entries of the first release in it', () => {
  expect(broken(sound)).toBeUndefined()
  expect(sound.entries.map(({ version, kind }) => `${version} ${kind}`)).toEqual([
    '1 consent',
    '2 consent',
    '2 consent',
    '2 look',
    '2 disclosure',
  ])
})

it('shows an end that is gone by a head from elsewhere, and entries of somebody else', () => {
  const short = { ...sound, entries: sound.entries.slice(0, 4) }
  expect(firstBrokenEntry(short, isSigned)).toBeUndefined()
  expect(broken(short)).toBe(5)
  expect(firstBrokenEntry({ ...written(OTHER), id: ACCOUNT }, isSigned)).toBe(1)
})

/** Each place in an entry that holds a value. */
function* placesIn(value: unknown, path: (string | number)[] = []): Generator<(string | number)[]> {
  if (value === null || typeof value !== 'object') return yield path
  yield path
  for (const [key, inner] of Object.entries(value)) yield* placesIn(inner, [...path, key])
}

const PLACES = sound.entries.map((entry) => [...placesIn(entry)].slice(1))

function altered(entry: LedgerEntry, path: readonly (string | number)[], dice: number): LedgerEntry {
  const copy = structuredClone(entry)
  const holder = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy as never)
  const key = path.at(-1)!
  const value = holder[key]
  if (dice % 5 === 0) delete holder[key]
  else if (typeof value === 'string' && value !== '') {
    const at = dice % value.length
    holder[key] = value.slice(0, at) + (value[at] === 'a' ? 'b' : 'a') + value.slice(at + 1)
  } else
    holder[key] =
      value === null ? 'x' : typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : 'x'
  return copy
}

const mutation = fc.oneof(
  fc.tuple(fc.nat(4), fc.nat(), fc.nat()).map(([i, place, dice]) => {
    const path = PLACES[i]![place % PLACES[i]!.length]!
    return sound.entries.map((entry, n) => (n === i ? altered(entry, path, dice) : entry))
  }),
  fc.nat(4).map((i) => sound.entries.filter((_, n) => n !== i)),
  fc.uniqueArray(fc.nat(4), { minLength: 2, maxLength: 2 }).map(([a, b]) => {
    const order = [0, 1, 2, 3, 4].map((n) => (n === a ? b! : n === b ? a! : n))
    return order.map((n) => sound.entries[n]!)
  }),
  fc.nat(4).map((i) => sound.entries.toSpliced(i, 0, sound.entries[i]!)),
)

it('shows each of 10,000 mutations: a byte, a field, an order, an entry more or less', () => {
  fc.assert(
    fc.property(mutation, (entries) => broken({ ...sound, entries }) !== undefined),
    { numRuns: 10_000 },
  )
})

describe('an erasure', () => {
  const bare = eraseEntries(sound, sign, new Date('2026-04-01T00:00:00Z'))

  it('leaves a sound chain that names nobody', () => {
    expect(firstBrokenEntry(bare, isSigned, head)).toBeUndefined()
    expect(bare.entries.map(({ payload, salt }) => payload ?? salt)).toEqual([null, null, null, null, null, null])
    expect(JSON.stringify(bare.entries)).not.toMatch(/01931f3e|email|court|ümlaut|12:00/)
    expect(eraseEntries(bare, sign, new Date())).toBe(bare)
    expect(() => appendEntry(bare, 'notice', { document: 'privacy', noticeVersion: NOTICE }, pen(6))).toThrow(
      /no such account/,
    )
  })

  it('is what a missing content needs beside it', () => {
    const gone = sound.entries.map((entry) => ({ ...entry, payload: null, salt: null })) as LedgerEntry[]
    expect(firstBrokenEntry({ ...sound, entries: gone }, isSigned)).toBe(1)
    const half = [...bare.entries.slice(0, 1), ...sound.entries.slice(1), bare.entries[5]!]
    expect(firstBrokenEntry({ ...sound, entries: half }, isSigned)).toBe(2)
    const moved = [...bare.entries.slice(0, 2), bare.entries[5]!, ...bare.entries.slice(3)]
    expect(firstBrokenEntry({ ...sound, entries: moved }, isSigned)).toBe(3)
  })

  it('ends the chain: nothing follows it, not even another one', () => {
    const again = { kind: 'erasure', day: '2026-04-02', commitment: null, salt: null, payload: null } as const
    expect(firstBrokenEntry(chained(bare, again, sign), isSigned)).toBe(6)
  })
})
