import { hasSecondFactor } from './second-factor.js'

/** A role that an account holds for a time. */
export interface RoleGrant {
  role: string
  /** The account that granted the role, or `mpics:` and the name of an operator; null for registration. */
  by: string | null
  why: string | null
  since: Date
  /** The first moment without the role; null for a grant without an end. */
  until: Date | null
  /** Who took the role away before its time. */
  ended: { by: string; why: string } | null
}

export interface Grantee {
  readonly grants: readonly RoleGrant[]
}

/** The grant that every account gets at registration. */
export const memberGrant = (since: Date): RoleGrant => ({
  role: 'member',
  by: null,
  why: null,
  since,
  until: null,
  ended: null,
})

/** Returns the roles in force, each once. One of the staff is nobody's without a second factor. */
export function rolesOf(grantee: Grantee, now: Date): string[] {
  const held = grantee.grants.filter((grant) => isInForce(grant, now)).map(({ role }) => role)
  return [...new Set(hasSecondFactor(grantee) ? held : held.filter((role) => role === 'member'))]
}

export const staffGrantsOf = ({ grants }: Grantee, now: Date): RoleGrant[] =>
  grants.filter((grant) => grant.role !== 'member' && isInForce(grant, now))

/** The moment at which the first of the roles in force ends by itself. */
export function nextEndOf(grantee: Grantee, now: Date): Date | null {
  const ends = staffGrantsOf(grantee, now).flatMap(({ until }) => until ?? [])
  return ends.length > 0 ? new Date(Math.min(...ends.map(Number))) : null
}

const isInForce = ({ since, until }: RoleGrant, now: Date): boolean => since <= now && (until === null || now < until)
