import type { identity } from '@mpics/contracts'
import type { OpenWord } from '@mpics/contracts'
import type { LinkRequest } from '../links/link-request.js'

export type LockReason = OpenWord<keyof typeof identity.lockReasons.known>

/** Its owner asked for the end of the account. */
export interface Closure {
  requestedAt: Date
  erasesAt: Date
}

/** Staff locked the account. */
export interface Lock {
  id: string
  reason: LockReason
  /** Null: an operator at the command line. */
  by: string | null
  at: Date
  /** The link by which its owner may object. */
  objection: LinkRequest
  objectedAt: Date | null
  approvedBy: string | null
  /** Null for a lock that leads to no erasure. */
  dueAt: Date | null
}

/** The account has ended: each service erases what it holds of it. */
export interface AccountErasure {
  id: string
  begunAt: Date
}

/** What was done about locks (B61: a ledger of action). */
export interface LockEntry {
  act: 'locked' | 'unlocked' | 'approved' | 'objected'
  reason: LockReason
  note: string | null
  by: string | null
  at: Date
}
