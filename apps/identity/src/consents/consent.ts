import { decide, type Decision, type DomainError, identity, unchanged } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import type { z } from 'zod'
import { appendEntry, type Pen } from '../ledger/append-entry.js'
import { entriesOf, type EntryOf, type PersonLedger, type ServedForm } from '../ledger/ledger-entry.js'
import { ConsentTooOftenError } from './consent.errors.js'
import { ServedUsedError } from '../consent-forms/served.errors.js'

export type ConsentPurpose = z.output<typeof identity.consentPurpose>
export type ConsentEntry = EntryOf<'consent'>

export interface ConsentWish {
  purpose: ConsentPurpose
  granted: boolean
  /** The privacy policy in force. */
  noticeVersion: string
  surface: string
  /** What was shown; a consent needs it. */
  served: ServedForm | null
  /** Why the form cannot be used any more; whoever has used it already still gets the same receipt. */
  refusal?: DomainError | undefined
  /** When a withdrawal was asked for elsewhere; an answer that came later counts. */
  requestedAt?: string
}

export const latestConsent = (ledger: PersonLedger, purpose: string): ConsentEntry | undefined =>
  entriesOf(ledger, 'consent').findLast(({ payload }) => payload?.purpose === purpose)

/** The answer that holds; null: never asked. */
export const choiceOf = (ledger: PersonLedger, purpose: string): boolean | null =>
  latestConsent(ledger, purpose)?.payload?.granted ?? null

/** A consent starts as not given: no box is ticked in advance. */
export const isGranted = (ledger: PersonLedger, purpose: string): boolean => choiceOf(ledger, purpose) ?? false

/** Repeating an answer adds no entry; giving it under another notice does. A withdrawal is never refused. */
export function changeConsent(ledger: PersonLedger, wish: ConsentWish, pen: Pen): Decision<PersonLedger> {
  return wish.granted ? giveConsent(ledger, wish, pen) : withdrawConsent(ledger, wish, pen)
}

function giveConsent(ledger: PersonLedger, wish: ConsentWish, pen: Pen): Decision<PersonLedger> {
  const latest = latestConsent(ledger, wish.purpose)
  const used = entryOf(ledger, wish.served)
  if (used && used === latest && used.payload?.granted) return unchanged(ledger)
  if (wish.refusal) throw wish.refusal
  if (used) throw new ServedUsedError()
  if (latest?.payload?.granted && latest.payload.noticeVersion === wish.noticeVersion) return unchanged(ledger)
  refuseToggling(ledger, pen.now)
  return entered(ledger, wish, pen)
}

function withdrawConsent(ledger: PersonLedger, wish: ConsentWish, pen: Pen): Decision<PersonLedger> {
  const latest = latestConsent(ledger, wish.purpose)?.payload
  if (latest?.granted === false) return unchanged(ledger)
  if (latest && wish.requestedAt !== undefined && latest.changedAt > wish.requestedAt) return unchanged(ledger)
  return entered(ledger, entryOf(ledger, wish.served) ? { ...wish, served: null } : wish, pen)
}

/** The entry that a form was used for: kept in the ledger itself, so that no crash and no race forgets it. */
const entryOf = (ledger: PersonLedger, served: ServedForm | null): ConsentEntry | undefined =>
  served === null ? undefined : entriesOf(ledger, 'consent').find(({ payload }) => payload?.served?.id === served.id)

function entered(ledger: PersonLedger, wish: ConsentWish, pen: Pen): Decision<PersonLedger> {
  const { purpose, granted, noticeVersion, surface, served } = wish
  const next = appendEntry(ledger, 'consent', { purpose, granted, noticeVersion, surface, served }, pen)
  return decide(next, factOf(next.entries.at(-1) as ConsentEntry))
}

/** A person may change their mind, but a program must not fill the ledger. */
const MAX_CHANGES_A_DAY = 50
/** A ledger is one document; withdrawing needs room in it, too. */
const MAX_ENTRIES = 4_000

/** Each withdrawal needs a consent before it, so that these limits bound both. */
function refuseToggling(ledger: PersonLedger, now: Date): void {
  const counted = entriesOf(ledger, 'consent').at(-MAX_CHANGES_A_DAY)?.payload
  const often = counted && now.getTime() - Date.parse(counted.changedAt) < DAY_MS
  if (often || ledger.entries.length >= MAX_ENTRIES) throw new ConsentTooOftenError()
}

function factOf({ payload }: ConsentEntry) {
  const { accountId, purpose, granted, noticeVersion, receiptId, changedAt } = payload!
  return identity.consentChanged.of({ accountId, purpose, granted, noticeVersion, receiptId, changedAt })
}
