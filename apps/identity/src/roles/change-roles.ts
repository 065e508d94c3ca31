import { decide, type Decision, identity, unchanged } from '@mpics/contracts'
import { FactorMissingError, RoleEndRefusedError } from './role.errors.js'
import { type Grantee, type RoleGrant, staffGrantsOf } from './role-grants.js'
import { hasSecondFactor } from './second-factor.js'

export interface RoleToHold {
  role: string
  until: Date | null
}

/** Who changes roles: an account, or `mpics:` and the name of an operator. */
export interface RoleChange {
  by: string
  why: string
}

interface Staff extends Grantee {
  readonly id: string
  readonly rolesVersion: number
}

const MAX_ENDED = 20

/** Afterwards the account holds the wanted roles of the staff; a grant that is wanted as it is stays. */
export function changeRoles<A extends Staff>(
  account: A,
  wanted: readonly RoleToHold[],
  change: RoleChange,
  now: Date,
): Decision<A> {
  const held = staffGrantsOf(account, now)
  const added = wanted.filter((role) => !held.some((grant) => isSame(grant, role)))
  const removed = held.filter((grant) => !wanted.some((role) => isSame(grant, role)))
  if (added.length + removed.length === 0) return unchanged(account)
  for (const role of added) requireGoodEnd(role, now)
  if (added.length > 0 && !hasSecondFactor(account)) throw new FactorMissingError()
  const kept = account.grants.map((grant) =>
    removed.includes(grant) ? { ...grant, until: now, ended: change } : grant,
  )
  const fresh = added.map((role) => ({ ...role, ...change, since: now, ended: null }))
  return changed(account, [...withoutOldest(kept, now), ...fresh])
}

/** Ends the roles that were granted until `changedAt`. The version is known even if there were none. */
export function endRolesBefore<A extends Staff>(
  account: A,
  { changedAt, rolesVersion }: { changedAt: Date; rolesVersion: number },
  change: RoleChange,
  now: Date,
): Decision<A> {
  const known = { ...account, rolesVersion: Math.max(account.rolesVersion, rolesVersion) }
  const kept = staffGrantsOf(account, now).filter(({ since }) => since > changedAt)
  const ended = changeRoles(known, kept.map(roleOf), change, now)
  return ended.changed || known.rolesVersion === account.rolesVersion ? ended : decide(known)
}

const roleOf = ({ role, until }: RoleGrant): RoleToHold => ({ role, until })

/** Whoever has lost the last factor has lost the roles of the staff with it, and no token may name them any longer. */
export const withoutFactor = <A extends Staff>(account: A, now: Date): Decision<A> =>
  hasSecondFactor(account) || staffGrantsOf(account, now).length === 0
    ? unchanged(account)
    : changed(account, account.grants)

/** The roles that `changeRoles` is to keep. */
export const heldRoles = (account: Grantee, now: Date): RoleToHold[] => staffGrantsOf(account, now).map(roleOf)

function changed<A extends Staff>(account: A, grants: readonly RoleGrant[]): Decision<A> {
  const rolesVersion = account.rolesVersion + 1
  return decide({ ...account, grants, rolesVersion }, identity.rolesChanged.of({ accountId: account.id, rolesVersion }))
}

const isSame = (grant: RoleToHold, role: RoleToHold): boolean =>
  grant.role === role.role && grant.until?.getTime() === role.until?.getTime()

function withoutOldest(grants: readonly RoleGrant[], now: Date): RoleGrant[] {
  const over = grants.filter(({ until }) => until !== null && until <= now)
  const forgotten = new Set(over.slice(0, Math.max(0, over.length - MAX_ENDED)))
  return grants.filter((grant) => !forgotten.has(grant))
}

function requireGoodEnd({ role, until }: RoleToHold, now: Date): void {
  if (until !== null && until <= now) throw new RoleEndRefusedError('past')
  if (role !== 'contractor') return
  const latest = new Date(now)
  latest.setUTCFullYear(now.getUTCFullYear() + 1)
  if (until === null || until > latest) throw new RoleEndRefusedError('contractor')
}
