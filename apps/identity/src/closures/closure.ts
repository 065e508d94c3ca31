import { decide, type Decision, identity, unchanged } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import type { Account } from '../accounts/account.js'
import type { Closure } from '../accounts/account-life.js'
import { AccountLockedError, AccountNotFoundError } from '../accounts/account.errors.js'
import { isHidden, statusOf } from '../accounts/account-status.js'
import { movedCredentials } from '../accounts/credentials.js'

const GRACE_MS = 7 * DAY_MS

/**
 * Moves the credentials, so that no session of before proves them and those of the grace do: whoever ends the former may come late. An
 * account whose address nobody proved is due at once.
 */
export function closeAccount(account: Account, now: Date): Decision<Account> {
  if (account.closure) return unchanged(account)
  if (statusOf(account, now) === 'locked') throw new AccountLockedError()
  const erasesAt = account.emailVerifiedAt ? new Date(now.getTime() + GRACE_MS) : now
  return decide(
    { ...account, ...movedCredentials(account, null, now), closure: { requestedAt: now, erasesAt } },
    identity.closureRequested.of({ accountId: account.id, erasesAt: erasesAt.toISOString(), hidden: true }),
  )
}

export function restoreAccount(account: Account, now: Date): Decision<Account> {
  if (statusOf(account, now) === 'due') throw new AccountNotFoundError()
  if (!account.closure) return unchanged(account)
  const restored = { ...account, closure: null }
  const erasesAt = account.closure.erasesAt.toISOString()
  return decide(restored, identity.closureCancelled.of({ accountId: account.id, erasesAt, hidden: isHidden(restored) }))
}

/** What its owner asked for before a restore, to the same end. */
export function closeAgain(account: Account, closure: Closure, now: Date): Decision<Account> {
  if (account.closure || account.erasure) return unchanged(account)
  const erasesAt = closure.erasesAt.toISOString()
  return decide(
    { ...account, ...movedCredentials(account, null, now), closure },
    identity.closureRequested.of({ accountId: account.id, erasesAt, hidden: true, again: true }),
  )
}

/** Before a restore it was in time, so that it is not too late now. A closing of later stays. */
export function restoreAgain(account: Account, decidedAt: Date): Decision<Account> {
  if (!account.closure || account.erasure || account.closure.requestedAt > decidedAt) return unchanged(account)
  const restored = { ...account, closure: null }
  const erasesAt = account.closure.erasesAt.toISOString()
  const told = { accountId: account.id, erasesAt, hidden: isHidden(restored), again: true }
  return decide(restored, identity.closureCancelled.of(told))
}
