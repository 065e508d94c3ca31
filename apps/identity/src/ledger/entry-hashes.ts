import { createHash } from 'node:crypto'
import type { ContentOf, LedgerEntry, Said } from './ledger-entry.js'

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** JSON with sorted keys and no blanks (RFC 8785): every language has one spelling of it. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const fields = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return `{${fields
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
    .join()}}`
}

export const commitmentOf = (salt: string, payload: object): string => sha256(canonical([salt, payload]))

type Hashed = Pick<LedgerEntry, 'version' | 'kind' | 'sequence' | 'day' | 'previousHash' | 'commitment'>

/** The hash of version 2 covers no person: only what may stay after an erasure. */
export const hashOf = ({ sequence, kind, day, previousHash, commitment }: Omit<Hashed, 'version'>): string =>
  sha256(canonical([2, sequence, kind, day, previousHash, commitment]))

/** The hash of version 1, in the order in which it was once defined. */
export function firstHashOf(sequence: number, previousHash: string | null, said: Said & ContentOf['consent']): string {
  const { accountId, receiptId, purpose, granted, noticeVersion, changedAt } = said
  return sha256(
    JSON.stringify([accountId, sequence, receiptId, purpose, granted, noticeVersion, changedAt, previousHash]),
  )
}
