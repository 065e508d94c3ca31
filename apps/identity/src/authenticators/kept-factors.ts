import { decide, type Decision, identity, unchanged } from '@mpics/contracts'
import type { Account } from '../accounts/account.js'

/** Whoever shows a factor has not lost it: a removal that is under way is over. */
export function keptFactors(account: Account, now: Date): Decision<Account> {
  const { recovery } = account.factors
  if (!recovery) return unchanged(account)
  const state = { ...account, factors: { ...account.factors, recovery: null } }
  if (!recovery.startedAt) return decide(state)
  return decide(state, identity.factorRecoveryCancelled.of({ accountId: account.id, cancelledAt: now.toISOString() }))
}
