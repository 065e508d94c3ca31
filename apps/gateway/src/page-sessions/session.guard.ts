import { identity } from '@mpics/contracts'
import { Authentication, type CallerIdentity, PeerError, Peers, UnauthenticatedError } from '@mpics/service-kit'
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { PageCookies } from './page-cookies.js'
import { LogInNeededError, TwoIdentitiesError } from './page-session.errors.js'

/**
 * Lets a member in by the cookie alone, on pages alone. It asks identity each time and keeps nothing, so that every replica
 * knows at once of an end; the token that it gets is checked as that of any other caller.
 */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly peers: Peers,
    private readonly authentication: Authentication,
    private readonly cookies: PageCookies,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const pageSecret = this.cookies.sessionIn(request.headers.cookie)
    if (!pageSecret) throw new LogInNeededError(false)
    if (request.headers.authorization !== undefined) throw new TwoIdentitiesError()
    const { accessToken } = await this.peers.call(identity.enterPages, { body: { pageSecret } }).catch(toLogIn)
    request.caller = await this.callerBy(accessToken, context, request).catch(toLogIn)
    return true
  }

  private async callerBy(
    token: string,
    context: ExecutionContext,
    { headers }: FastifyRequest,
  ): Promise<CallerIdentity> {
    const before = headers.authorization
    headers.authorization = `Bearer ${token}`
    try {
      return await this.authentication.callerOf(context)
    } finally {
      headers.authorization = before
    }
  }
}

function toLogIn(error: unknown): never {
  const isRefusal = error instanceof PeerError && error.status === 401
  throw isRefusal || error instanceof UnauthenticatedError ? new LogInNeededError(true) : error
}
