import type { Account } from '../accounts/account.js'
import { statusOf } from '../accounts/account-status.js'
import { rolesOf, staffGrantsOf } from '../roles/role-grants.js'
import { hasSecondFactor } from '../roles/second-factor.js'

/** No secret, and personal data only where it is asked for. */
export const shownAccount = (account: Account, now: Date, personal: boolean): object => ({
  id: account.id,
  handle: account.handle,
  status: statusOf(account, now),
  registeredAt: account.registeredAt,
  emailVerified: account.emailVerifiedAt !== null,
  secondFactor: hasSecondFactor(account),
  roles: rolesOf(account, now),
  grants: staffGrantsOf(account, now).map(({ role, by, why, since, until }) => ({ role, by, why, since, until })),
  ...(personal && { email: account.email, locale: account.locale, timeZone: account.timeZone }),
})
