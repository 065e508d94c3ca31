import { decide, type Decision, emailKeyOf, identity, type Language, unchanged } from '@mpics/contracts'
import { HOUR_MS } from '@mpics/contracts/durations'
import { isUsable, type LinkRequest, type VerificationRequest } from '../links/link-request.js'
import type { AcceptedPolicies } from '../policies/policy.js'
import { memberGrant, type RoleGrant } from '../roles/role-grants.js'
import { type Acceptance, acceptedAtRegistration } from './acceptance.js'
import { statusOf } from './account-status.js'
import { LinkExpiredError } from './account.errors.js'
import type { AccountErasure, Closure, Lock, LockEntry } from './account-life.js'
import { movedCredentials } from './credentials.js'
import type { EmailChange } from './email-change.js'
import type { Factors } from './factors.js'
import { nothingAsked } from './nothing-asked.js'
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
  credentialVersion: number
  /** When it moved last. */
  credentialsMovedAt: Date
  /** The session that moved the version last, and stays. */
  credentialsMovedBy: string | null
  locale: Language
  timeZone: string
  grants: readonly RoleGrant[]
  /** Counts the changes of grants; access tokens carry it. */
  rolesVersion: number
  /** The latest versions of `acceptances`. */
  accepted: AcceptedPolicies
  /** Oldest first. */
  acceptances: readonly Acceptance[]
  ageCheckedAt: Date
  registeredAt: Date
  /** Null once profiles has fetched the name. */
  fullName: string | null
  verification: VerificationRequest | null
  reset: LinkRequest | null
  /** Requests before `reset` whose mailed links still work. */
  earlierResets: readonly LinkRequest[]
  emailChange: EmailChange | null
  closure: Closure | null
  lock: Lock | null
  lockEntries: readonly LockEntry[]
  erasure: AccountErasure | null
  factors: Factors
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
    verification: { ...verification, mailedAt: null },
    passwordChangedAt: now,
    credentialVersion: 1,
    credentialsMovedAt: now,
    credentialsMovedBy: null,
    timeZone: 'UTC',
    grants: [memberGrant(now)],
    rolesVersion: 0,
    accepted: { terms: accepted.terms, privacy: accepted.privacy },
    acceptances: acceptedAtRegistration(accepted, now),
    ageCheckedAt: now,
    registeredAt: now,
    ...nothingAsked,
  }
  return decide(
    account,
    identity.accountRegistered.of({ accountId: id, locale, registeredAt: now.toISOString() }),
    identity.verificationRequested.of({ accountId: id, verificationId: verification.id }),
  )
}

/** Mails to one address wait for an hour at most; a request that waits longer has lost its mail. */
const MAIL_WAIT_MS = 2 * HOUR_MS

const waitsForMail = (request: VerificationRequest | null, now: Date): boolean =>
  request?.mailedAt === null && now.getTime() - request.requestedAt.getTime() < MAIL_WAIT_MS

/** Prolongs a link that still works, since it was mailed and stays valid. */
const renewed = (current: VerificationRequest | null, fresh: LinkRequest): LinkRequest =>
  current && fresh.requestedAt < current.expiresAt ? { ...current, expiresAt: fresh.expiresAt } : fresh

/** A request that waits for its mail answers a further one too. */
export function requestVerification(account: Account, fresh: LinkRequest): Decision<Account> {
  const { verification: current, emailVerifiedAt } = account
  if (emailVerifiedAt || waitsForMail(current, fresh.requestedAt)) return unchanged(account)
  const verification = { ...renewed(current, fresh), requestedAt: fresh.requestedAt, mailedAt: null }
  return decide(
    { ...account, verification },
    identity.verificationRequested.of({ accountId: account.id, verificationId: verification.id }),
  )
}

export function mailVerification(account: Account, fresh: LinkRequest): Decision<Account> {
  if (account.emailVerifiedAt) return unchanged(account)
  return decide({
    ...account,
    verification: { ...renewed(account.verification, fresh), mailedAt: fresh.requestedAt },
  })
}

/** A restore has lost the proof: its owner has the time of a registration for another one. */
export function proveAgain(account: Account, fresh: LinkRequest, now: Date): Decision<Account> {
  if (account.emailVerifiedAt || account.closure || account.erasure) return unchanged(account)
  return requestVerification({ ...account, registeredAt: now, verification: null }, fresh)
}

/** Using the link again changes nothing and succeeds, for a client that lost the answer. */
export function verifyEmail(account: Account, tokenHash: string, now: Date): Decision<Account> {
  if (account.erasure || !isUsable(account.verification, tokenHash, now)) throw new LinkExpiredError()
  if (account.emailVerifiedAt) return unchanged(account)
  return decide(
    { ...account, emailVerifiedAt: now },
    identity.emailVerified.of({ accountId: account.id, verifiedAt: now.toISOString() }),
  )
}

/** So many mailed links work at once: more than are mailed in the life of one. */
const MAX_RESETS = 6

const resetsOf = ({ reset, earlierResets }: Account): LinkRequest[] => (reset ? [reset, ...earlierResets] : [])

/** A link that was mailed stays valid, so that nobody ends the owner's by asking for another. */
export function requestPasswordReset(account: Account, reset: LinkRequest): Decision<Account> {
  const usable = resetsOf(account).filter(({ expiresAt }) => reset.requestedAt < expiresAt)
  return decide(
    { ...account, reset, earlierResets: usable.slice(0, MAX_RESETS - 1) },
    identity.passwordResetRequested.of({ accountId: account.id, resetId: reset.id }),
  )
}

export function resetPassword(
  account: Account,
  change: { tokenHash: string; passwordHash: string },
  now: Date,
): Decision<Account> {
  if (statusOf(account, now) === 'due') throw new LinkExpiredError()
  if (!resetsOf(account).some((reset) => isUsable(reset, change.tokenHash, now))) throw new LinkExpiredError()
  return decide(
    {
      ...account,
      ...movedCredentials(account, null, now),
      passwordHash: change.passwordHash,
      passwordChangedAt: now,
      reset: null,
      earlierResets: [],
    },
    identity.passwordChanged.of({ accountId: account.id, changedAt: now.toISOString() }),
  )
}

/** Nobody chose the next one, so that nobody is told. One that was chosen since `changedAt` stays. */
export const endPassword = (
  account: Account,
  { passwordHash, changedAt }: { passwordHash: string; changedAt: Date },
  now: Date,
): Decision<Account> =>
  account.erasure || account.passwordChangedAt > changedAt
    ? unchanged(account)
    : decide({ ...account, ...movedCredentials(account, null, now), passwordHash, passwordChangedAt: now })

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
