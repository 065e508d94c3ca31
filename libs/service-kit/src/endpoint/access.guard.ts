import type { Access } from '@mpics/contracts'
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { apiOf, isWrapped } from './definition.js'
import { takeInput } from './take-input.js'
import { ForbiddenError, NotFoundError, UnauthenticatedError } from '../problems/general.errors.js'
import { Authentication } from '../trust/authentication.js'
import type { CallerIdentity } from '../trust/caller.js'

/** Lets a request through to an endpoint only where its definition's `access` allows it, and takes the input where nothing wraps it. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly authentication: Authentication) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true
    const api = apiOf(context.getHandler())
    if (!api) return this.admitsUndefined()
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const caller = request.caller ?? (await this.authentication.callerOf(context))
    checkAccess(api.access, caller)
    request.caller = caller
    if (!isWrapped(api)) takeInput(api, context)
    return true
  }

  private admitsUndefined(): boolean {
    if (this.authentication.definedCallsOnly) throw new NotFoundError()
    return true
  }
}

export function checkAccess(access: Access, caller: CallerIdentity): void {
  if (typeof access === 'object' && 'services' in access) {
    if (!access.services.includes(caller.service))
      throw new ForbiddenError('This call is for other services of the site.')
    return
  }
  if (caller.service !== 'gateway') throw new ForbiddenError('This call is made through the gateway.')
  if (access === 'anonymous') return
  if (!caller.member) throw new UnauthenticatedError()
  if (access === 'member') return
  if (!access.roles.some((role) => caller.member?.roles.includes(role))) throw new ForbiddenError()
}
