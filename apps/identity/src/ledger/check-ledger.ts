import { commitmentOf, firstHashOf, hashOf } from './entry-hashes.js'
import { type CheckSignature, isErased, type LedgerEntry, type PersonLedger } from './ledger-entry.js'

/** Where a chain ends, as a root or a receipt tells. */
export type Head = Pick<LedgerEntry, 'sequence' | 'hash'>

/**
 * Returns the sequence of the first altered or missing entry, or undefined for a sound ledger. Only a head from elsewhere shows that
 * its end was taken away.
 */
export function firstBrokenEntry(ledger: PersonLedger, isSigned: CheckSignature, head?: Head): number | undefined {
  const { entries } = ledger
  const erased = isErased(ledger)
  const broken = entries.findIndex(
    (entry, i) => !isChained(entry, entries[i - 1], i) || !isSound(ledger, entry, erased) || !isSigned(entry),
  )
  if (broken !== -1) return broken + 1
  return head && entries[head.sequence - 1]?.hash !== head.hash ? head.sequence : undefined
}

const isChained = (entry: LedgerEntry, previous: LedgerEntry | undefined, i: number): boolean =>
  entry.sequence === i + 1 && entry.previousHash === (previous?.hash ?? null) && entry.day >= (previous?.day ?? '')

/** What an entry says is missing only beside an erasure, and then of all of them. */
function isSound({ id, entries }: PersonLedger, entry: LedgerEntry, erased: boolean): boolean {
  const { payload, salt, kind, version } = entry
  if (kind === 'erasure' && entry !== entries.at(-1)) return false
  const said = payload === null ? erased && salt === null : !erased && payload?.accountId === id && isSaid(entry)
  return said && (version === 1 ? isFirstKind(entry) : version === 2 && entry.hash === hashOf(entry))
}

function isSaid({ version, payload, salt, commitment, day }: LedgerEntry): boolean {
  if (String(payload!.changedAt).slice(0, 10) !== day) return false
  return version === 1 || (salt !== null && commitment === commitmentOf(salt, payload!))
}

/** Account, receipt, time, purpose, answer, notice: the hash covers these and no others. */
const FIRST_FIELDS = 6

/** A first entry without its content is known by its signature and by the entry after it. */
function isFirstKind({ kind, version, sequence, previousHash, hash, payload, salt, commitment }: LedgerEntry): boolean {
  if (version !== 1 || kind !== 'consent' || salt !== null || commitment !== null) return false
  if (payload === null) return true
  const said = payload
  return Object.keys(said).length === FIRST_FIELDS && hash === firstHashOf(sequence, previousHash, said)
}
