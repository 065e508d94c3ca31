import { DEFAULT_LANGUAGE } from '@mpics/contracts'
import type { StoredState } from '@mpics/eventing'
import type { LinkRequest, VerificationRequest } from '../links/link-request.js'
import { memberGrant } from '../roles/role-grants.js'
import { acceptedAtRegistration } from './acceptance.js'
import type { Account } from './account.js'
import { nothingAsked } from './nothing-asked.js'

/** An account as an earlier release may have stored it: `roles` were names without a time, grants had no reason, and links did not say if they were mailed. */
type StoredAccount = Omit<StoredState<Account>, 'verification'> & {
  roles?: readonly string[]
  verification?: StoredLink | null
}
type StoredLink = LinkRequest & Partial<VerificationRequest>

/** Gives every field that was added later its default. A field without a default is part of every stored account. */
export function completeAccount({ roles = [], ...stored }: StoredAccount): Account {
  const account = { ...defaults, ...stored } as Account
  return {
    ...account,
    credentialsMovedAt: stored.credentialsMovedAt ?? account.passwordChangedAt,
    verification: stored.verification ? verificationOf(stored.verification) : null,
    acceptances: stored.acceptances ?? acceptedAtRegistration(account.accepted, account.registeredAt),
    grants: stored.grants?.map(grantOf) ?? grantsOf(roles, account.registeredAt),
  }
}

const verificationOf = ({ mailedAt, ...link }: StoredLink): VerificationRequest => ({
  ...link,
  mailedAt: mailedAt === undefined ? link.requestedAt : mailedAt,
})

const defaults = {
  emailVerifiedAt: null,
  credentialVersion: 0,
  credentialsMovedBy: null,
  locale: DEFAULT_LANGUAGE,
  timeZone: 'UTC',
  rolesVersion: 0,
  fullName: null,
  verification: null,
  ...nothingAsked,
} satisfies Partial<Account>

function grantsOf(roles: readonly string[], since: Date): Account['grants'] {
  const others = roles.filter((role) => role !== 'member')
  return [memberGrant(since), ...others.map((role) => ({ ...memberGrant(since), role }))]
}

const grantOf = (grant: Account['grants'][number]) => ({ ...memberGrant(grant.since), ...grant })
