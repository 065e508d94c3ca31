import type { StoredState } from '@mpics/eventing'
import { dayOf } from './append-entry.js'
import type { EntryOf, LedgerEntry, PersonLedger } from './ledger-entry.js'

/** An entry as the first release stored it. */
interface FirstEntry {
  accountId: string
  sequence: number
  receiptId: string
  purpose: string
  granted: boolean
  noticeVersion: string
  changedAt: Date
  previousHash?: string | null
  hash: string
  signature: string
  keyId: string
}

/** Reads entries of version 1 as what they are. Nothing of it may change the hash of an entry. */
export const completeLedger = ({ id, entries = [] }: StoredState<PersonLedger>): PersonLedger => ({
  id,
  entries: entries.map((stored: LedgerEntry | FirstEntry) => ('kind' in stored ? stored : completed(stored))),
})

function completed({ sequence, previousHash = null, hash, signature, keyId, ...said }: FirstEntry): EntryOf<'consent'> {
  const { accountId, receiptId, purpose, granted, noticeVersion } = said
  const changedAt = said.changedAt.toISOString()
  return {
    version: 1,
    kind: 'consent',
    sequence,
    day: dayOf(changedAt),
    previousHash,
    commitment: null,
    salt: null,
    payload: { accountId, receiptId, changedAt, purpose, granted, noticeVersion },
    hash,
    signature,
    keyId,
  }
}
