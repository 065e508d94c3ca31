import { decide, type Decision, identity, unchanged } from '@mpics/contracts'
import { DAY_MS, HOUR_MS } from '@mpics/contracts/durations'
import type { Account } from '../accounts/account.js'
import { LinkExpiredError } from '../accounts/account.errors.js'
import { movedCredentials } from '../accounts/credentials.js'
import { type FactorRecovery, hasFactor, noFactors } from '../accounts/factors.js'
import { keptFactors } from '../authenticators/kept-factors.js'
import { isUsable, type LinkRequest } from '../links/link-request.js'
import { withoutFactor } from '../roles/change-roles.js'
import { PasswordTooNewError } from './factor-recovery.errors.js'

/** Who took over the mailbox could reset the password, and has but one of the two things then. */
const PASSWORD_MS = 7 * DAY_MS
const DELAY_MS = 72 * HOUR_MS

const after = (time: Date, ms: number) => new Date(time.getTime() + ms)
const earlier = (a: Date, b: Date) => (a < b ? a : b)

const withRecovery = (account: Account, recovery: FactorRecovery | null): Account => ({
  ...account,
  factors: { ...account.factors, recovery },
})

/** Asking again changes nothing of a delay that runs. */
export function requestRecovery(account: Account, confirm: LinkRequest): Decision<Account> {
  const notBefore = after(account.passwordChangedAt, PASSWORD_MS)
  if (confirm.requestedAt < notBefore) throw new PasswordTooNewError(notBefore)
  if (!hasFactor(account) || account.factors.recovery?.startedAt) return unchanged(account)
  const recovery = { id: confirm.id, confirm, cancel: null, startedAt: null, dueAt: null, nextAt: null }
  return decide(
    withRecovery(account, recovery),
    identity.factorRecoveryRequested.of({ accountId: account.id, recoveryId: confirm.id }),
  )
}

/** Starts the delay. Using the link again changes nothing, and succeeds. */
export function confirmRecovery(
  account: Account,
  { tokenHash, cancel }: { tokenHash: string; cancel: LinkRequest },
  now: Date,
): Decision<Account> {
  const { recovery } = account.factors
  if (!recovery || !isUsable(recovery.confirm, tokenHash, now)) throw new LinkExpiredError()
  if (recovery.startedAt) return unchanged(account)
  if (account.passwordChangedAt > recovery.confirm.requestedAt) throw new LinkExpiredError()
  const dueAt = after(now, DELAY_MS)
  const started = { ...recovery, cancel, startedAt: now, dueAt, nextAt: after(now, DAY_MS) }
  return announced(withRecovery(account, started), dueAt)
}

const announced = (account: Account, dueAt: Date): Decision<Account> =>
  decide(
    account,
    identity.factorRecoveryAnnounced.of({
      accountId: account.id,
      recoveryId: account.factors.recovery?.cancel?.id ?? '',
      dueAt: dueAt.toISOString(),
    }),
  )

/** Succeeds again for somebody who clicks twice, while nothing else has begun. */
export function cancelRecovery(account: Account, tokenHash: string, now: Date): Decision<Account> {
  if (!isUsable(account.factors.recovery?.cancel ?? null, tokenHash, now)) throw new LinkExpiredError()
  return keptFactors(account, now)
}

/** What time brings: the daily mail, or the end. A password that changed meanwhile ends it: the seven days begin anew. */
export function advanceRecovery(account: Account, now: Date): Decision<Account> {
  const { recovery } = account.factors
  if (!recovery?.startedAt || !recovery.dueAt || !recovery.nextAt || now < recovery.nextAt) return unchanged(account)
  if (account.passwordChangedAt > recovery.startedAt) return keptFactors(account, now)
  if (now >= recovery.dueAt) return finished(account, now)
  const nextAt = earlier(after(now, DAY_MS), recovery.dueAt)
  return announced(withRecovery(account, { ...recovery, nextAt }), recovery.dueAt)
}

function finished(account: Account, now: Date): Decision<Account> {
  const { userHandle } = account.factors
  const without = { ...account, ...movedCredentials(account, null, now), factors: { ...noFactors, userHandle } }
  const { state, events } = withoutFactor(without, now)
  return decide(
    state,
    identity.factorRecoveryFinished.of({ accountId: account.id, finishedAt: now.toISOString() }),
    ...events,
  )
}
