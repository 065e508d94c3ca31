import { decide, type Decision, identity, unchanged } from '@mpics/contracts'
import type { Account } from '../accounts/account.js'
import { statusOf } from '../accounts/account-status.js'
import { NotDueError } from './erasure.errors.js'

/** From here on nothing brings the account back, and every service hears of it. */
export function beginErasure(account: Account, erasureId: string, now: Date): Decision<Account> {
  if (account.erasure) return unchanged(account)
  if (statusOf(account, now) !== 'due') throw new NotDueError()
  return decide(
    { ...account, erasure: { id: erasureId, begunAt: now } },
    identity.accountErased.of({ accountId: account.id, erasureId, erasedAt: now.toISOString() }),
  )
}
