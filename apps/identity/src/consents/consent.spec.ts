import fc from 'fast-check'
import { emptyLedger, type PersonLedger } from '../ledger/ledger-entry.js'
import { changeConsent, choiceOf, type ConsentWish, isGranted } from './consent.js'
import { ConsentTooOftenError } from './consent.errors.js'
import { isOptOutSignal, mayUse } from './may-use.js'

const account = '01931f3e-0000-7000-8000-000000000001'
const now = new Date('2026-03-01T12:00:00Z')
const pen = (at = now) => ({
  ...{ receiptId: '01931f3e-0000-7000-8000-00000000000d', salt: 'salt', now: at },
  sign: (hash: string) => ({ signature: `signed ${hash}`, keyId: 'k' }),
})
let forms = 0
const served = (id = `form ${++forms}`) => ({
  id,
  language: 'en',
  textVersion: 'v',
  textHash: 'h',
  choices: [],
  shownAt: 't',
})

const change = (ledger: PersonLedger, granted: boolean, at = now, more: Partial<ConsentWish> = {}) =>
  changeConsent(
    ledger,
    {
      purpose: 'email-news',
      granted,
      noticeVersion: '2015-03-14',
      surface: 'api',
      served: granted ? served() : null,
      ...more,
    },
    pen(at),
  )

it('is not given until it was given', () => {
  const given = change(emptyLedger(account), true).state
  expect(isGranted(emptyLedger(account), 'email-news')).toBe(false)
  expect(isGranted(given, 'email-news')).toBe(true)
  expect(isGranted(given, 'email-offers')).toBe(false)
})

it('tells of each change once, under the key of account and purpose', () => {
  const given = change(emptyLedger(account), true)
  expect(given.events[0]).toMatchObject({ subject: `${account}:email-news`, data: { granted: true } })
  expect(change(given.state, true)).toMatchObject({ changed: false, events: [] })
  expect(change(given.state, true, now, { noticeVersion: '2027-01-01' }).changed).toBe(true)
})

it('takes a form once: the same answer again has its receipt, another answer is refused', () => {
  const form = served()
  const refused = change(emptyLedger(account), false, now, { served: form }).state
  expect(() => change(refused, true, now, { served: form })).toThrow(
    expect.objectContaining({ code: 'identity.served-used' }),
  )
  const given = change(emptyLedger(account), true, now, { served: form }).state
  const refusal = new ConsentTooOftenError()
  expect(change(given, true, now, { served: form, refusal }).changed).toBe(false)
  expect(() => change(given, true, now, { refusal, noticeVersion: 'next' })).toThrow(refusal)
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

it('leaves room in a full ledger: giving is refused there, withdrawing is not', () => {
  const given = change(emptyLedger(account), true).state
  const filled = (length: number) => ({ ...given, entries: Array.from({ length }, () => given.entries[0]!) })
  const later = new Date(now.getTime() + 48 * 60 * 60 * 1000)
  const offers = (ledger: PersonLedger) => change(ledger, true, later, { purpose: 'email-offers' })
  expect(offers(filled(3_999)).changed).toBe(true)
  expect(() => offers(filled(4_000))).toThrow(ConsentTooOftenError)
  expect(change(filled(4_000), false, later).changed).toBe(true)
})

it.each([
  [
    'the answer about the recipient first',
    { choice: true, recipientChoice: false, gpc: false },
    false,
    'recipient-choice',
  ],
  [
    'the recipient’s own yes before a general no',
    { choice: false, recipientChoice: true, gpc: true },
    true,
    'recipient-choice',
  ],
  ['the general answer before the signal', { choice: true, gpc: true }, true, 'choice'],
  ['the signal before silence', { choice: null, gpc: true }, false, 'global-privacy-control'],
  ['silence as no', { choice: null, gpc: false }, false, 'default'],
])('takes %s', (_, facts, allowed, reason) => {
  expect(mayUse('third-party-sharing', facts)).toEqual({ allowed, reason })
})

it('takes only 1 for the signal', () => {
  expect(['1', '0', 'true', '1, 1', undefined].map(isOptOutSignal)).toEqual([true, false, false, false, false])
})

type Step = { do: 'give' | 'give-again' | 'withdraw' | 'one-click' | 'late-one-click'; gpc: boolean }
const step = fc.record<Step>({
  do: fc.constantFrom('give', 'give-again', 'withdraw', 'one-click', 'late-one-click'),
  gpc: fc.boolean(),
})

/** A naive model beside the ledger: what the person said last. */
function runHistory(steps: readonly Step[]): boolean {
  let [ledger, said, form, at] = [emptyLedger(account), null as boolean | null, served(), now.getTime()]
  for (const { do: act, gpc } of steps) {
    const time = new Date((at += 3_600_000))
    if (act === 'give') form = served()
    const wish = { served: act.startsWith('give') ? form : null, surface: 'api' }
    const requestedAt = act === 'late-one-click' ? new Date(now.getTime() - 1).toISOString() : undefined
    const more = requestedAt === undefined ? wish : { ...wish, requestedAt }
    try {
      ledger = change(ledger, act.startsWith('give'), time, more).state
      if (act.startsWith('give')) said = true
      else if (act !== 'late-one-click' || said === null) said = false
    } catch (error) {
      if ((error as { code?: string }).code !== 'identity.served-used') throw error
    }
    if (choiceOf(ledger, 'email-news') !== said) return false
    if (mayUse('email-news', { choice: choiceOf(ledger, 'email-news'), gpc }).allowed !== (said ?? false)) return false
  }
  return true
}

it('100,000 histories: nothing may be used after a withdrawal, and no old form brings a consent back', () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 12 }), runHistory), { numRuns: 100_000 })
})
