import { createHash } from 'node:crypto'
import { consentChanged, type consentPurpose, type Decision, decide, unchanged } from '@mpics/contracts'
import type { z } from 'zod'
import { ConsentTooOftenError } from './consent.errors.js'

export type ConsentPurpose = z.output<typeof consentPurpose>

export interface ConsentChange {
  receiptId: string
  purpose: ConsentPurpose
  granted: boolean
  noticeVersion: string
}

/** What is hashed of an entry: everything that it says, and the hash of the one before. */
export interface ConsentStatement extends ConsentChange {
  accountId: string
  sequence: number
  changedAt: Date
  previousHash: string | null
}

export interface ConsentEntry extends ConsentStatement {
  hash: string
  signature: string
  keyId: string
}

/** All that an account ever said about consent, oldest first. Entries are added and never changed. */
export interface ConsentLedger {
  id: string
  entries: ConsentEntry[]
}

/** Signs the hash of an entry. */
export type Sign = (hash: string) => { signature: string; keyId: string }

export const emptyLedger = (accountId: string): ConsentLedger => ({ id: accountId, entries: [] })

export const latestEntry = (ledger: ConsentLedger, purpose: ConsentPurpose): ConsentEntry | undefined =>
  ledger.entries.findLast((entry) => entry.purpose === purpose)

/** Nothing is given until it was given: there are no boxes ticked in advance. */
export const isGranted = (ledger: ConsentLedger, purpose: ConsentPurpose): boolean =>
  latestEntry(ledger, purpose)?.granted ?? false

const DAY_MS = 24 * 60 * 60 * 1000
/** A person may change their mind; a program that toggles would only fill the ledger. */
const MOST_A_DAY = 50

/** Saying the same under the same notice again adds nothing. */
export function changeConsent(
  ledger: ConsentLedger,
  change: ConsentChange,
  sign: Sign,
  now: Date,
): Decision<ConsentLedger> {
  const latest = latestEntry(ledger, change.purpose)
  if (latest?.granted === change.granted && latest.noticeVersion === change.noticeVersion) return unchanged(ledger)
  if (change.granted) refuseToggling(ledger, now)
  const entry = entryOf(ledger, change, sign, now)
  return decide({ ...ledger, entries: [...ledger.entries, entry] }, factOf(entry))
}

/** Withdrawing is never refused; each withdrawal needs something given before, so that this bounds both. */
function refuseToggling({ entries }: ConsentLedger, now: Date): void {
  const oldestCounted = entries.at(-MOST_A_DAY)
  if (oldestCounted && now.getTime() - oldestCounted.changedAt.getTime() < DAY_MS) throw new ConsentTooOftenError()
}

function entryOf(ledger: ConsentLedger, change: ConsentChange, sign: Sign, now: Date): ConsentEntry {
  const statement: ConsentStatement = {
    ...change,
    accountId: ledger.id,
    sequence: ledger.entries.length + 1,
    changedAt: now,
    previousHash: ledger.entries.at(-1)?.hash ?? null,
  }
  const hash = hashOf(statement)
  return { ...statement, hash, ...sign(hash) }
}

const factOf = ({ accountId, purpose, granted, noticeVersion, receiptId, changedAt }: ConsentEntry) =>
  consentChanged.of({ accountId, purpose, granted, noticeVersion, receiptId, changedAt: changedAt.toISOString() })

/** SHA-256 of the statement as a JSON array in this order, which leaves no room for two readings. */
function hashOf(statement: ConsentStatement): string {
  const { accountId, sequence, receiptId, purpose, granted, noticeVersion, changedAt, previousHash } = statement
  const canonical = [
    accountId,
    sequence,
    receiptId,
    purpose,
    granted,
    noticeVersion,
    changedAt.toISOString(),
    previousHash,
  ]
  return createHash('sha256').update(JSON.stringify(canonical)).digest('base64url')
}

/** Checks the signature of a hash, by a key that once signed. */
export type CheckSignature = (entry: Pick<ConsentEntry, 'hash' | 'signature' | 'keyId'>) => boolean

/** The sequence of the first entry that is not as it was written, or is missing; undefined for a sound chain. */
export function firstBrokenEntry({ id, entries }: ConsentLedger, isSigned: CheckSignature): number | undefined {
  const broken = entries.findIndex(
    (entry, i) =>
      entry.accountId !== id ||
      entry.sequence !== i + 1 ||
      entry.previousHash !== (entries[i - 1]?.hash ?? null) ||
      entry.hash !== hashOf(entry) ||
      !isSigned(entry),
  )
  return broken === -1 ? undefined : broken + 1
}
