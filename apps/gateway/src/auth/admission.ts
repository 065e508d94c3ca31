import { type ApiDefinition, DomainError, type Scope } from '@mpics/contracts'
import { type CallerIdentity, ForbiddenError } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { admitClosing } from './closing-members.js'
import { UnverifiedMembers } from './unverified-members.js'

class ScopeMissingError extends DomainError {
  readonly code = 'identity.scope-missing'
  readonly kind = 'forbidden'
  override readonly extensions: { missing: Scope[] }
  constructor(missing: Scope[]) {
    super(`This token does not allow it: it would need ${missing.join(', ')}.`)
    this.extensions = { missing }
  }
}

/** Says as whom a caller makes a call, or refuses: the token of a program, an account whose address is not verified, or that is being closed. */
@Injectable()
export class Admission {
  constructor(private readonly unverified: UnverifiedMembers) {}

  async admit(
    caller: CallerIdentity,
    request: FastifyRequest,
    api: ApiDefinition | undefined,
  ): Promise<CallerIdentity> {
    const { programScopes } = request
    if (!programScopes) return this.unverified.admit(admitClosing(caller, api), api)
    if (!api) return { service: caller.service }
    if (api.scope === null) throw new ForbiddenError('No token of a program may make this call; log in for it.')
    if (!programScopes.includes(api.scope)) throw new ScopeMissingError([api.scope])
    return caller
  }
}
