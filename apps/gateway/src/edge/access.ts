import type { Access } from '@mpics/contracts'
import { type CallerIdentity, ForbiddenError, UnauthenticatedError } from '@mpics/service-kit'

/** Early and coarse: the service that owns a call checks again, and whether the thing is the caller’s to change. */
export function checkAccess(access: Access, caller: CallerIdentity | undefined): void {
  if (access === 'anonymous') return
  if (!caller?.member) throw new UnauthenticatedError()
  if (access === 'member') return
  const roles = 'roles' in access ? access.roles : []
  if (!roles.some((role) => caller.member?.roles.includes(role))) throw new ForbiddenError()
}
