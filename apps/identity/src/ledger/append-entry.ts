import { AccountNotFoundError } from '../accounts/account.errors.js'
import { commitmentOf, hashOf } from './entry-hashes.js'
import {
  type ContentOf,
  isErased,
  type LedgerEntry,
  type LedgerKind,
  type PersonLedger,
  type Sign,
} from './ledger-entry.js'

/** What a new entry needs beside its content. */
export interface Pen {
  receiptId: string
  salt: string
  sign: Sign
  now: Date
}

/** Adds an entry to the end of the chain; a ledger that was erased takes none. */
export function appendEntry<K extends Exclude<LedgerKind, 'erasure'>>(
  ledger: PersonLedger,
  kind: K,
  content: ContentOf[K],
  { receiptId, salt, sign, now }: Pen,
): PersonLedger {
  if (isErased(ledger)) throw new AccountNotFoundError()
  const payload = { accountId: ledger.id, receiptId, changedAt: timeAfter(ledger, now), ...content }
  return chained(
    ledger,
    { kind, day: dayOf(payload.changedAt), commitment: commitmentOf(salt, payload), salt, payload },
    sign,
  )
}

type Draft = Pick<LedgerEntry, 'kind' | 'day' | 'commitment' | 'salt' | 'payload'>

export function chained(ledger: PersonLedger, draft: Draft, sign: Sign): PersonLedger {
  const last = ledger.entries.at(-1)
  const unsigned = {
    version: 2 as const,
    ...draft,
    sequence: (last?.sequence ?? 0) + 1,
    previousHash: last?.hash ?? null,
  }
  const hash = hashOf(unsigned)
  const entry = { ...unsigned, hash, ...sign(hash) } as LedgerEntry
  return { ...ledger, entries: [...ledger.entries, entry] }
}

export const dayOf = (time: string): string => time.slice(0, 10)

/** Clocks of replicas differ; the chain does not go back. */
function timeAfter({ entries }: PersonLedger, now: Date): string {
  const [time, last] = [now.toISOString(), entries.at(-1)?.payload?.changedAt]
  return last !== undefined && last > time ? last : time
}
