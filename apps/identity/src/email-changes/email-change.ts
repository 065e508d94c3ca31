import { decide, type Decision, emailKeyOf, identity, unchanged } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import type { Account } from '../accounts/account.js'
import { EmailChangeFrozenError, LinkExpiredError } from '../accounts/account.errors.js'
import { credentialsOf, movedCredentials } from '../accounts/credentials.js'
import { type EmailChange, openEmailChangeOf } from '../accounts/email-change.js'
import { keptFactors } from '../authenticators/kept-factors.js'
import { isUsable, type LinkRequest } from '../links/link-request.js'

/** Undecided for so long, the present address stays. */
const FROZEN_MS = 7 * DAY_MS

const after = (time: Date, ms: number) => new Date(time.getTime() + ms)

export interface EmailChangeRequest {
  email: string
  sessionId: string
  /** Both with the id of the change. */
  confirmation: LinkRequest
  freezing: LinkRequest
  /** For an account whose address nobody has proved yet. */
  verification: LinkRequest
}

/** A further request takes the place of the one before, unless that is frozen. */
export function requestEmailChange(account: Account, request: EmailChangeRequest, now: Date): Decision<Account> {
  const { email, sessionId, confirmation, freezing } = request
  if (!account.emailVerifiedAt) return correctEmail(account, request)
  const open = openEmailChangeOf(account)
  if (open && isFrozen(open, now)) throw new EmailChangeFrozenError()
  if (email === account.email) return withoutChange(account)
  const emailChange: EmailChange = {
    id: confirmation.id,
    email,
    emailKey: emailKeyOf(email),
    requestedAt: now,
    sessionId,
    credentials: credentialsOf(account),
    confirmation,
    freezing,
    noticeAt: null,
    confirmedAt: null,
    frozenAt: null,
    decision: null,
    endsAt: freezing.expiresAt,
  }
  return decide(
    { ...account, emailChange },
    identity.emailChangeRequested.of({ accountId: account.id, changeId: emailChange.id }),
  )
}

const withoutChange = (account: Account): Decision<Account> =>
  account.emailChange ? decide({ ...account, emailChange: null }) : unchanged(account)

/** Nobody confirms before the present address could hear of it. */
export function noticeMade(account: Account, requestId: string, now: Date): Decision<Account> {
  const { emailChange } = account
  if (emailChange?.freezing.id !== requestId || emailChange.noticeAt) return unchanged(account)
  return decide({ ...account, emailChange: { ...emailChange, noticeAt: now } })
}

/** An unproved address is no one's yet, so that its account takes another at once. The former link ends. */
function correctEmail(account: Account, { email, verification }: EmailChangeRequest): Decision<Account> {
  if (email === account.email) return unchanged(account)
  return decide(
    { ...account, email, emailKey: emailKeyOf(email), verification: { ...verification, mailedAt: null } },
    identity.verificationRequested.of({ accountId: account.id, verificationId: verification.id }),
  )
}

const isFrozen = ({ frozenAt, decision, endsAt }: EmailChange, now: Date): boolean =>
  frozenAt !== null && decision === null && now < endsAt

/** Void once the credentials have moved: a reset must end the change that an intruder asked for. */
function changeBy(account: Account, link: 'confirmation' | 'freezing', tokenHash: string, now: Date): EmailChange {
  const { emailChange } = account
  if (!emailChange || !isUsable(emailChange[link], tokenHash, now)) throw new LinkExpiredError()
  const isSettled = emailChange.confirmedAt !== null || emailChange.decision === 'drop'
  if (!isSettled && emailChange.credentials !== credentialsOf(account)) throw new LinkExpiredError()
  return emailChange
}

/**
 * Using the link again changes nothing and succeeds. Links to reset the password went to the former address, and end, as does a
 * removal of lost factors: it was told to that address.
 */
export function confirmEmailChange(account: Account, tokenHash: string, now: Date): Decision<Account> {
  const change = changeBy(account, 'confirmation', tokenHash, now)
  if (change.confirmedAt) return unchanged(account)
  if (change.decision === 'drop') throw new LinkExpiredError()
  if (isFrozen(change, now)) throw new EmailChangeFrozenError()
  const { state, events } = keptFactors(account, now)
  return decide(
    {
      ...state,
      ...movedCredentials(account, change.sessionId, now),
      email: change.email,
      emailKey: change.emailKey,
      emailVerifiedAt: now,
      reset: null,
      earlierResets: [],
      emailChange: { ...change, confirmedAt: now, endsAt: change.confirmation.expiresAt },
    },
    identity.emailChanged.of({ accountId: account.id, changeId: change.id }),
    ...events,
  )
}

export function freezeEmailChange(account: Account, tokenHash: string, now: Date): Decision<Account> {
  const change = changeBy(account, 'freezing', tokenHash, now)
  if (change.confirmedAt || change.decision) throw new LinkExpiredError()
  if (change.frozenAt) return unchanged(account)
  const endsAt = after(now, FROZEN_MS)
  const freezing = { ...change.freezing, expiresAt: endsAt }
  return decide({ ...account, emailChange: { ...change, freezing, frozenAt: now, endsAt } })
}

/** Kept, the new mailbox may still prove itself; dropped, every session ends, since one of them asked for the change. */
export function decideEmailChange(
  account: Account,
  { tokenHash, decision }: { tokenHash: string; decision: 'keep' | 'drop' },
  now: Date,
): Decision<Account> {
  const change = changeBy(account, 'freezing', tokenHash, now)
  if (change.decision === decision) return unchanged(account)
  if (!isFrozen(change, now)) throw new LinkExpiredError()
  const endsAt = after(now, DAY_MS)
  const decided = { ...change, decision, endsAt }
  if (decision === 'drop')
    return decide(
      { ...account, ...movedCredentials(account, null, now), emailChange: decided },
      identity.emailChangeDropped.of({ accountId: account.id, changeId: change.id }),
    )
  const confirmation = { ...change.confirmation, expiresAt: endsAt }
  return decide({ ...account, emailChange: { ...decided, confirmation } })
}
