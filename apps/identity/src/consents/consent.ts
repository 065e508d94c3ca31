import { createHash } from 'node:crypto'
import { decide, type Decision, identity, unchanged } from '@mpics/contracts'
import type { z } from 'zod'
import { ConsentTooOftenError } from './consent.errors.js'

export type ConsentPurpose = z.output<typeof identity.consentPurpose>

export interface ConsentChange {
  receiptId: string
  purpose: ConsentPurpose
  granted: boolean
  noticeVersion: string
}

/** The hash of an entry covers these fields. */
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

/** The consent history of an account, oldest first. Entries never change. */
export interface ConsentLedger {
  id: string
  entries: ConsentEntry[]
}

export type Sign = (hash: string) => { signature: string; keyId: string }

export const emptyLedger = (accountId: string): ConsentLedger => ({ id: accountId, entries: [] })

export const latestEntry = (ledger: ConsentLedger, purpose: ConsentPurpose): ConsentEntry | undefined =>
  ledger.entries.findLast((entry) => entry.purpose === purpose)

/** A consent starts as not given: no box is ticked in advance. */
export const isGranted = (ledger: ConsentLedger, purpose: ConsentPurpose): boolean =>
  latestEntry(ledger, purpose)?.granted ?? false

const DAY_MS = 24 * 60 * 60 * 1000
/** A person may change their mind, but a program must not fill the ledger. */
const MAX_CHANGES_A_DAY = 50

/** Repeating an answer under the same notice adds no entry. */
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

/** A withdrawal is never refused. It needs a consent before it, so that this limit bounds both. */
function refuseToggling({ entries }: ConsentLedger, now: Date): void {
  const oldestCounted = entries.at(-MAX_CHANGES_A_DAY)
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

export const factOf = ({ accountId, purpose, granted, noticeVersion, receiptId, changedAt }: ConsentEntry) =>
  identity.consentChanged.of({
    accountId,
    purpose,
    granted,
    noticeVersion,
    receiptId,
    changedAt: changedAt.toISOString(),
  })

/** Hashes a JSON array in this order, which has only one reading. */
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

export type CheckSignature = (entry: Pick<ConsentEntry, 'hash' | 'signature' | 'keyId'>) => boolean

/** Returns the sequence of the first altered or missing entry, or undefined for a sound chain. */
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
