/** A role that an account holds for a time. */
export interface RoleGrant {
  role: string
  /** The account that granted the role; null for the operators' command line and for registration. */
  by: string | null
  since: Date
  /** The first moment without the role; null for a grant without an end. */
  until: Date | null
}

interface Grantee {
  readonly grants: readonly RoleGrant[]
}

/** The grant that every account gets at registration. */
export const memberGrant = (since: Date): RoleGrant => ({ role: 'member', by: null, since, until: null })

/** Returns the roles in force, each once. */
export const rolesOf = ({ grants }: Grantee, now: Date): string[] => [
  ...new Set(grants.filter((grant) => isInForce(grant, now)).map(({ role }) => role)),
]

const isInForce = ({ since, until }: RoleGrant, now: Date): boolean => since <= now && (until === null || now < until)
