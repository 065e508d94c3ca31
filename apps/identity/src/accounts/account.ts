import { decide, type Decision, identity, type Language, unchanged } from '@mpics/contracts'
import { isUsable, type LinkRequest } from '../links/link-request.js'
import type { AcceptedPolicies } from '../policies/policy.js'
import { memberGrant, type RoleGrant } from '../roles/role-grants.js'
import { LinkExpiredError } from './account.errors.js'
import { emailKeyOf } from './email-key.js'
import { handleKeyOf } from './handle.js'

/**
 * An account holds no birth date, only the time of the age check (policy: "we never collect or maintain information […]
 * from those we actually know are under 13").
 */
export interface Account {
  id: string
  handle: string
  handleKey: string
  email: string
  emailKey: string
  /** Addresses are unique among the accounts that have this time. */
  emailVerifiedAt: Date | null
  /** An Argon2id hash in PHC string format. */
  passwordHash: string
  passwordChangedAt: Date
  locale: Language
  timeZone: string
  grants: readonly RoleGrant[]
  accepted: AcceptedPolicies
  ageCheckedAt: Date
  registeredAt: Date
  /** Null once profiles has fetched the name. */
  fullName: string | null
  verification: LinkRequest | null
  reset: LinkRequest | null
}

export interface Registration {
  id: string
  handle: string
  email: string
  passwordHash: string
  fullName: string
  locale: Language
  accepted: AcceptedPolicies
  verification: LinkRequest
}

export function registerAccount(registration: Registration, now: Date): Decision<Account> {
  const { id, locale, verification, accepted } = registration
  const account: Account = {
    ...registration,
    handleKey: handleKeyOf(registration.handle),
    emailKey: emailKeyOf(registration.email),
    emailVerifiedAt: null,
    passwordChangedAt: now,
    timeZone: 'UTC',
    grants: [memberGrant(now)],
    accepted: { terms: accepted.terms, privacy: accepted.privacy },
    ageCheckedAt: now,
    registeredAt: now,
    reset: null,
  }
  return decide(
    account,
    identity.accountRegistered.of({ accountId: id, locale, registeredAt: now.toISOString() }),
    identity.verificationRequested.of({ accountId: id, verificationId: verification.id }),
  )
}

/** A new request replaces the earlier one, whose link stops working. */
export function requestVerification(account: Account, verification: LinkRequest): Decision<Account> {
  if (account.emailVerifiedAt) return unchanged(account)
  return decide(
    { ...account, verification },
    identity.verificationRequested.of({ accountId: account.id, verificationId: verification.id }),
  )
}

/** Using the link again changes nothing and succeeds, for a client that lost the answer. */
export function verifyEmail(account: Account, tokenHash: string, now: Date): Decision<Account> {
  if (!isUsable(account.verification, tokenHash, now)) throw new LinkExpiredError()
  if (account.emailVerifiedAt) return unchanged(account)
  return decide(
    { ...account, emailVerifiedAt: now },
    identity.emailVerified.of({ accountId: account.id, verifiedAt: now.toISOString() }),
  )
}

export function requestPasswordReset(account: Account, reset: LinkRequest): Decision<Account> {
  return decide({ ...account, reset }, identity.passwordResetRequested.of({ accountId: account.id, resetId: reset.id }))
}

/** Removes the request, so that its link works once. */
export function resetPassword(
  account: Account,
  change: { tokenHash: string; passwordHash: string },
  now: Date,
): Decision<Account> {
  if (!isUsable(account.reset, change.tokenHash, now)) throw new LinkExpiredError()
  return decide(
    { ...account, passwordHash: change.passwordHash, passwordChangedAt: now, reset: null },
    identity.passwordChanged.of({ accountId: account.id, changedAt: now.toISOString() }),
  )
}

/** Stores the same password under stronger parameters, without an event. */
export function rehashPassword(account: Account, before: string, after: string): Decision<Account> {
  return account.passwordHash === before ? decide({ ...account, passwordHash: after }) : unchanged(account)
}

export function forgetFullName(account: Account): Decision<Account> {
  return account.fullName === null ? unchanged(account) : decide({ ...account, fullName: null })
}

export interface Settings {
  locale?: Language
  timeZone?: string
}

export function changeSettings(account: Account, { locale, timeZone }: Settings): Decision<Account> {
  const next = { ...account, locale: locale ?? account.locale, timeZone: timeZone ?? account.timeZone }
  return next.locale === account.locale && next.timeZone === account.timeZone ? unchanged(account) : decide(next)
}
