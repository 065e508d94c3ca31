import { DEFAULT_LANGUAGE } from '@mpics/contracts'
import type { StoredState } from '@mpics/eventing'
import { memberGrant } from '../roles/role-grants.js'
import type { Account } from './account.js'

/** An account as an earlier release may have stored it: `roles` were names without a time. */
type StoredAccount = StoredState<Account> & { roles?: readonly string[] }

/** Gives every field that was added later its default. A field without a default is part of every stored account. */
export function completeAccount({ roles = [], ...stored }: StoredAccount): Account {
  const account = { ...defaults, ...stored } as Account
  return { ...account, grants: stored.grants ?? grantsOf(roles, account.registeredAt) }
}

const defaults = {
  emailVerifiedAt: null,
  locale: DEFAULT_LANGUAGE,
  timeZone: 'UTC',
  fullName: null,
  verification: null,
  reset: null,
} satisfies Partial<Account>

function grantsOf(roles: readonly string[], since: Date): Account['grants'] {
  const others = roles.filter((role) => role !== 'member')
  return [memberGrant(since), ...others.map((role) => ({ role, by: null, since, until: null }))]
}
