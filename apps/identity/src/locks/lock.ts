import { decide, type Decision, identity, unchanged } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { AccountNotFoundError, LinkExpiredError } from '../accounts/account.errors.js'
import type { Account } from '../accounts/account.js'
import type { Lock, LockEntry, LockReason } from '../accounts/account-life.js'
import { isHidden } from '../accounts/account-status.js'
import { movedCredentials } from '../accounts/credentials.js'
import { isUsable, type LinkRequest } from '../links/link-request.js'
import { LockNotForErasureError, OwnLockError } from './lock.errors.js'

const OBJECTION_MS = 7 * DAY_MS
/** Of more, the earliest are forgotten. */
const MAX_ENTRIES = 100

/** `by`: null for an operator at the command line. */
export interface Act {
  by: string | null
  note: string | null
  at: Date
}

const leadsToErasure = (reason: LockReason): boolean => reason === 'under-age'

const noted = (account: Account, act: LockEntry['act'], reason: LockReason, { note, by, at }: Act): LockEntry[] => [
  ...account.lockEntries.slice(1 - MAX_ENTRIES),
  { act, reason, note, by, at },
]

/** When its owner objected to an earlier lock: none for the same reason leads to an erasure by itself again. */
const objectionTo = ({ lockEntries }: Account, reason: LockReason): Date | null =>
  lockEntries.findLast((entry) => entry.act === 'objected' && entry.reason === reason)?.at ?? null

/** Ends what every session proves. A lock for another reason takes the place of the one before. */
export function lockAccount(
  account: Account,
  lock: { reason: LockReason; objection: LinkRequest; decidedAt?: Date | undefined },
  act: Act,
): Decision<Account> {
  const { reason, objection, decidedAt: at = act.at } = lock
  if (act.by === account.id) throw new OwnLockError()
  if (account.lock?.reason === reason) return unchanged(account)
  const objectedAt = leadsToErasure(reason) ? objectionTo(account, reason) : null
  const dueAt = leadsToErasure(reason) && !objectedAt ? new Date(act.at.getTime() + OBJECTION_MS) : null
  const { id } = objection
  const next: Lock = { id, reason, by: act.by, at, objection, objectedAt, approvedBy: null, dueAt }
  return decide(
    {
      ...account,
      ...movedCredentials(account, null, act.at),
      lock: next,
      lockEntries: noted(account, 'locked', reason, act),
    },
    identity.accountLocked.of({ accountId: account.id, reason, lockId: id, hidden: true }),
  )
}

export function unlockAccount(account: Account, act: Act, told: { again?: true } = {}): Decision<Account> {
  if (account.erasure) throw new AccountNotFoundError()
  if (!account.lock) return unchanged(account)
  if (act.by === account.id) throw new OwnLockError()
  const { reason } = account.lock
  const unlocked = { ...account, lock: null, lockEntries: noted(account, 'unlocked', reason, act) }
  const hidden = isHidden(unlocked)
  return decide(unlocked, identity.accountUnlocked.of({ accountId: account.id, reason, hidden, ...told }))
}

/** A lock for another reason is another one, and so is one of later. */
export const unlockAgain = (
  account: Account,
  { reason, decidedAt }: { reason: LockReason; decidedAt: Date },
  act: Act,
): Decision<Account> =>
  account.lock?.reason === reason && account.lock.at <= decidedAt && !account.erasure
    ? unlockAccount(account, act, { again: true })
    : unchanged(account)

/**
 * A second person agrees: the account is due now, whether or not its owner objected. Nobody is known to be a second person beside
 * an operator at the command line.
 */
export function approveLock(account: Account, act: Act): Decision<Account> {
  const { lock } = account
  if (!lock || !leadsToErasure(lock.reason)) throw new LockNotForErasureError()
  if (act.by === null || lock.by === null || act.by === lock.by || act.by === account.id) throw new OwnLockError()
  if (lock.approvedBy !== null) return unchanged(account)
  return decide({
    ...account,
    lock: { ...lock, approvedBy: act.by, dueAt: act.at },
    lockEntries: noted(account, 'approved', lock.reason, act),
  })
}

/** A report must not be a weapon: an account whose owner objected is erased only when a second person agrees. */
export function objectToLock(account: Account, tokenHash: string, now: Date): Decision<Account> {
  const { lock } = account
  if (!lock || !isUsable(lock.objection, tokenHash, now)) throw new LinkExpiredError()
  if (lock.objectedAt) return unchanged(account)
  if (lock.approvedBy !== null) throw new LinkExpiredError()
  return decide({
    ...account,
    lock: { ...lock, objectedAt: now, dueAt: null },
    lockEntries: noted(account, 'objected', lock.reason, { by: null, note: null, at: now }),
  })
}
