import { decide, type Decision, identity, unchanged } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import type { Account } from '../accounts/account.js'

/** An owner mistypes a code or two; the attempts in a row that need no wait are twice as many. */
const TOLD_AT = 5

/**
 * Whoever gives wrong factors knows the password, and may be somebody else (OWASP ASVS 5.0, 6.3.5). A day after the first, and
 * with a new password, the count begins anew; once told, nothing is written until then.
 */
export function refuseFactor(account: Account, now: Date): Decision<Account> {
  const { refusals } = account.factors
  const isOver =
    !refusals || now.getTime() - refusals.since.getTime() >= DAY_MS || account.passwordChangedAt > refusals.since
  const { since, count } = isOver ? { since: now, count: 0 } : refusals
  if (count >= TOLD_AT) return unchanged(account)
  const isTold = count + 1 === TOLD_AT
  const next = { since: isTold ? now : since, count: count + 1 }
  const state = { ...account, factors: { ...account.factors, refusals: next } }
  if (!isTold) return decide(state)
  return decide(state, identity.factorsGuessed.of({ accountId: account.id, guessedAt: now.toISOString() }))
}
