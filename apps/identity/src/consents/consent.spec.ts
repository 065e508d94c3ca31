import {
  changeConsent,
  type ConsentEntry,
  type ConsentLedger,
  emptyLedger,
  firstBrokenEntry,
  isGranted,
  type Sign,
} from './consent.js'
import { ConsentTooOftenError } from './consent.errors.js'

const account = '01931f3e-0000-7000-8000-000000000001'
const now = new Date('2026-03-01T12:00:00Z')
const sign: Sign = (hash) => ({ signature: `signed ${hash}`, keyId: 'k' })
const isSigned = ({ hash, signature }: { hash: string; signature: string }) => signature === `signed ${hash}`

const change = (ledger: ConsentLedger, granted: boolean, at = now, noticeVersion = '2015-03-14') =>
  changeConsent(
    ledger,
    { receiptId: '01931f3e-0000-7000-8000-00000000000d', purpose: 'email-news', granted, noticeVersion },
    sign,
    at,
  )

const three = () => {
  const given = change(emptyLedger(account), true).state
  return change(change(given, false).state, true).state
}

it('is not given until it was given', () => {
  expect(isGranted(emptyLedger(account), 'email-news')).toBe(false)
  expect(isGranted(three(), 'email-news')).toBe(true)
  expect(isGranted(three(), 'email-offers')).toBe(false)
})

it('tells of each change once, under the key of account and purpose', () => {
  const given = change(emptyLedger(account), true)
  expect(given.events[0]).toMatchObject({ subject: `${account}:email-news`, data: { granted: true } })
  expect(change(given.state, true)).toMatchObject({ changed: false, events: [] })
  expect(change(given.state, true, now, '2027-01-01').changed).toBe(true)
})

describe('the chain', () => {
  const altered = (sequence: number, changes: Partial<ConsentEntry>): ConsentLedger => ({
    ...three(),
    entries: three().entries.map((entry) => (entry.sequence === sequence ? { ...entry, ...changes } : entry)),
  })

  const given = change(emptyLedger(account), true).state
  const differently = change(given, false, now, '2027-01-01').state
  const elsewhere = change(differently, true).state.entries[2] as ConsentEntry

  it('is sound as written', () => expect(firstBrokenEntry(three(), isSigned)).toBeUndefined())

  it.each([
    ['another answer', altered(2, { granted: true }), 2],
    ['another time', altered(1, { changedAt: new Date(0) }), 1],
    ['another signature', altered(3, { signature: 'forged' }), 3],
    ['an entry taken out', { ...three(), entries: three().entries.filter((e) => e.sequence !== 2) }, 2],
    [
      'an end that was written after another beginning',
      { ...three(), entries: [...three().entries.slice(0, 2), elsewhere] },
      3,
    ],
    ['entries of somebody else', { ...three(), id: '01931f3e-0000-7000-8000-000000000002' }, 1],
  ])('shows %s', (_, ledger, sequence) => expect(firstBrokenEntry(ledger, isSigned)).toBe(sequence))
})

it('never refuses to withdraw, but to give again and again within a day', () => {
  let ledger = emptyLedger(account)
  for (let i = 0; i < 25; i++) ledger = change(change(ledger, true).state, false).state
  expect(() => change(ledger, true)).toThrow(ConsentTooOftenError)
  let other = change(emptyLedger(account), false).state
  while (other.entries.length < 50) other = change(other, !isGranted(other, 'email-news')).state
  expect(isGranted(other, 'email-news')).toBe(true)
  expect(change(other, false).changed).toBe(true)
  const nextDay = new Date(now.getTime() + 24 * 60 * 60 * 1000)
  expect(change(change(ledger, true, nextDay).state, false, nextDay).changed).toBe(true)
})
