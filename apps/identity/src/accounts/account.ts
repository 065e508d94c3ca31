import {
  accountRegistered,
  type Decision,
  decide,
  emailVerified,
  passwordChanged,
  passwordResetRequested,
  unchanged,
  verificationRequested,
} from '@mpics/contracts'
import { isUsable, type LinkRequest } from '../links/link-request.js'
import type { AcceptedPolicies } from '../policies/policy.js'
import { LinkExpiredError } from './account.errors.js'
import { emailKeyOf } from './email-key.js'
import { handleKeyOf } from './handle.js'

export type Locale = 'en' | 'de'

/**
 * Somebody's account. The birth date is not in it: only that, and when, the age was checked (policy: "we never collect or
 * maintain information […] from those we actually know are under 13").
 */
export interface Account {
  id: string
  handle: string
  handleKey: string
  email: string
  emailKey: string
  /** Addresses are unique among the accounts where this is set. */
  emailVerifiedAt: Date | null
  /** Argon2id, in PHC string format with its parameters. */
  passwordHash: string
  passwordChangedAt: Date
  locale: Locale
  timeZone: string
  roles: string[]
  accepted: AcceptedPolicies
  ageCheckedAt: Date
  registeredAt: Date
  /** Until profiles has taken it. */
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
  locale: Locale
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
    roles: ['member'],
    accepted: { terms: accepted.terms, privacy: accepted.privacy },
    ageCheckedAt: now,
    registeredAt: now,
    reset: null,
  }
  return decide(
    account,
    accountRegistered.of({ accountId: id, locale, registeredAt: now.toISOString() }),
    verificationRequested.of({ accountId: id, verificationId: verification.id }),
  )
}

/** The newest request wins: the link of an earlier mail stops working. */
export function requestVerification(account: Account, verification: LinkRequest): Decision<Account> {
  if (account.emailVerifiedAt) return unchanged(account)
  return decide(
    { ...account, verification },
    verificationRequested.of({ accountId: account.id, verificationId: verification.id }),
  )
}

/** The same link once more changes nothing and is no error: whoever got no answer may ask again. */
export function verifyEmail(account: Account, tokenHash: string, now: Date): Decision<Account> {
  if (!isUsable(account.verification, tokenHash, now)) throw new LinkExpiredError()
  if (account.emailVerifiedAt) return unchanged(account)
  return decide(
    { ...account, emailVerifiedAt: now },
    emailVerified.of({ accountId: account.id, verifiedAt: now.toISOString() }),
  )
}

export function requestPasswordReset(account: Account, reset: LinkRequest): Decision<Account> {
  return decide({ ...account, reset }, passwordResetRequested.of({ accountId: account.id, resetId: reset.id }))
}

/** Single use: the request is gone afterwards. */
export function resetPassword(
  account: Account,
  change: { tokenHash: string; passwordHash: string },
  now: Date,
): Decision<Account> {
  if (!isUsable(account.reset, change.tokenHash, now)) throw new LinkExpiredError()
  return decide(
    { ...account, passwordHash: change.passwordHash, passwordChangedAt: now, reset: null },
    passwordChanged.of({ accountId: account.id, changedAt: now.toISOString() }),
  )
}

/** The same password under stronger parameters; nobody needs to be told. */
export function rehashPassword(account: Account, before: string, after: string): Decision<Account> {
  return account.passwordHash === before ? decide({ ...account, passwordHash: after }) : unchanged(account)
}

export function forgetFullName(account: Account): Decision<Account> {
  return account.fullName === null ? unchanged(account) : decide({ ...account, fullName: null })
}

export interface Settings {
  locale?: Locale
  timeZone?: string
}

export function changeSettings(account: Account, { locale, timeZone }: Settings): Decision<Account> {
  const next = { ...account, locale: locale ?? account.locale, timeZone: timeZone ?? account.timeZone }
  return next.locale === account.locale && next.timeZone === account.timeZone ? unchanged(account) : decide(next)
}
