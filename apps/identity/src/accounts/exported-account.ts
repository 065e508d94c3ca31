import type { Account } from './account.js'

/** Returns what the person entered or caused, without secrets and without the account that granted a role. */
export const exportedAccount = (account: Account) => ({
  id: account.id,
  handle: account.handle,
  email: account.email,
  emailVerifiedAt: account.emailVerifiedAt,
  fullName: account.fullName,
  locale: account.locale,
  timeZone: account.timeZone,
  roles: account.grants.map(({ role, since, until }) => ({ role, since, until })),
  accepted: account.accepted,
  acceptances: account.acceptances,
  ageCheckedAt: account.ageCheckedAt,
  registeredAt: account.registeredAt,
  passwordChangedAt: account.passwordChangedAt,
  emailChange: account.emailChange && {
    email: account.emailChange.email,
    requestedAt: account.emailChange.requestedAt,
    confirmedAt: account.emailChange.confirmedAt,
    frozenAt: account.emailChange.frozenAt,
  },
  closure: account.closure,
  locks: account.lockEntries.map(({ act, reason, at }) => ({ act, reason, at })),
  authenticatorApp: account.factors.totp && { confirmedAt: account.factors.totp.confirmedAt },
  recoveryCodesLeft: account.factors.recoveryCodes.length,
  refusedFactors: account.factors.refusals ?? null,
  passkeys: account.factors.passkeys.map(({ name, addedAt, lastUsedAt }) => ({ name, addedAt, lastUsedAt })),
  requests: [account.verification, account.reset, ...account.earlierResets].flatMap((request) =>
    request ? [request.requestedAt] : [],
  ),
})
