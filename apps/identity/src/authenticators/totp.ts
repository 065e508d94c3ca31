import { decide, type Decision, identity, unchanged } from '@mpics/contracts'
import type { Account } from '../accounts/account.js'
import { movedCredentials } from '../accounts/credentials.js'
import { hasFactor, hasTotp, type Totp } from '../accounts/factors.js'
import { withoutFactor } from '../roles/change-roles.js'
import { FactorNotFoundError, TotpActiveError } from './factor.errors.js'
import { keptFactors } from './kept-factors.js'
import { hashOfRecoveryCode } from './recovery-codes.js'

/** A secret that was never confirmed is replaced. */
export function beginTotp(account: Account, sealedSecret: string, now: Date): Decision<Account> {
  if (hasTotp(account)) throw new TotpActiveError()
  const totp = { secret: sealedSecret, madeAt: now, confirmedAt: null, lastStep: 0 }
  return decide({ ...account, factors: { ...account.factors, totp } })
}

export interface TotpConfirmation {
  /** Of the code that was seen. */
  step: number
  /** For an account that has none. */
  recoveryCodes: readonly string[]
  actingSessionId: string
}

export function requirePendingTotp({ factors: { totp } }: Account): Totp {
  if (!totp) throw new FactorNotFoundError()
  if (totp.confirmedAt) throw new TotpActiveError()
  return totp
}

export function confirmTotp(account: Account, confirmation: TotpConfirmation, now: Date): Decision<Account> {
  const totp = requirePendingTotp(account)
  const { recoveryCodes } = account.factors
  const hashes = recoveryCodes.length > 0 ? recoveryCodes : confirmation.recoveryCodes.map(hashOfRecoveryCode)
  return decide(
    {
      ...account,
      ...movedCredentials(account, confirmation.actingSessionId, now),
      factors: {
        ...account.factors,
        totp: { ...totp, confirmedAt: now, lastStep: confirmation.step },
        recoveryCodes: hashes,
      },
    },
    identity.factorAdded.of({ accountId: account.id, factor: 'totp', addedAt: now.toISOString() }),
  )
}

/** Unchanged for a step that was taken before, or is older than one. `sealedSecret` may be sealed anew. */
export function takeTotpStep(account: Account, step: number, sealedSecret: string, now: Date): Decision<Account> {
  const { totp } = account.factors
  if (!totp?.confirmedAt || step <= totp.lastStep) return unchanged(account)
  const taken = { ...totp, secret: sealedSecret, lastStep: step }
  const { state, events } = keptFactors({ ...account, factors: { ...account.factors, totp: taken } }, now)
  return decide(state, ...events)
}

/** `sealedAnew` returns null for what stays as it is. */
export function resealTotp(account: Account, sealedAnew: (sealed: string) => string | null): Decision<Account> {
  const { totp } = account.factors
  const secret = totp && sealedAnew(totp.secret)
  return totp && secret
    ? decide({ ...account, factors: { ...account.factors, totp: { ...totp, secret } } })
    : unchanged(account)
}

export function removeTotp(account: Account, actingSessionId: string, now: Date): Decision<Account> {
  const { totp } = account.factors
  if (!totp) throw new FactorNotFoundError()
  const without = withoutOrphans({ ...account, factors: { ...account.factors, totp: null } })
  if (!totp.confirmedAt) return decide(without)
  const { state, events } = withoutFactor({ ...without, ...movedCredentials(account, actingSessionId, now) }, now)
  return decide(
    state,
    identity.factorRemoved.of({ accountId: account.id, factor: 'totp', removedAt: now.toISOString() }),
    ...events,
  )
}

/** Recovery codes stand in for a factor, and a recovery removes one: neither is anything without. */
export const withoutOrphans = (account: Account): Account =>
  hasFactor(account) ? account : { ...account, factors: { ...account.factors, recoveryCodes: [], recovery: null } }
