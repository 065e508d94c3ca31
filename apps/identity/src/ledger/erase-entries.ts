import { chained, dayOf } from './append-entry.js'
import { isErased, type PersonLedger, type Sign } from './ledger-entry.js'

/** Destroys what the entries say, with their salts, and ends the chain. What stays are hashes, kinds and days. */
export function eraseEntries(ledger: PersonLedger, sign: Sign, now: Date): PersonLedger {
  if (isErased(ledger) || ledger.entries.length === 0) return ledger
  const bare = {
    ...ledger,
    entries: ledger.entries.map((entry) => ({ ...entry, salt: null, payload: null })),
  }
  const [today, last] = [dayOf(now.toISOString()), ledger.entries.at(-1)!.day]
  const day = last > today ? last : today
  return chained(bare, { kind: 'erasure', day, commitment: null, salt: null, payload: null }, sign)
}
