import { type ExecutionContext, Injectable } from '@nestjs/common'
import { AuthGuard } from '@nestjs/passport'
import type { FastifyRequest } from 'fastify'
import { decodeJwt } from 'jose/jwt/decode'
import { LRUCache } from 'lru-cache'
import passport from 'passport'
import { CommonConfig } from '../config/common-config.js'
import { boundedTo } from '../invalidation/byte-bounds.js'
import { UnauthenticatedError } from '../problems/general.errors.js'
import type { Authentication } from './authentication.js'
import { bearerTokenOf, unreadTokenOf } from './bearer-token.js'
import type { CallerIdentity } from './caller.js'
import { InternalTokenStrategy } from './internal-token.strategy.js'
import { deadlineOf, TIME_BUDGET_HEADER } from './time-budget.js'

const REQUEST_ID = /^[A-Za-z0-9-]{8,64}$/
const CACHE_BYTES = 4 * 1024 * 1024

/** Identifies the gateway and other services by the tokens that they signed. */
@Injectable()
export class InternalTokenAuthentication extends AuthGuard() implements Authentication {
  readonly definedCallsOnly = true
  private readonly verified = new LRUCache<string, CallerIdentity>(boundedTo(CACHE_BYTES))

  constructor(strategy: InternalTokenStrategy, config: CommonConfig) {
    const name = `internal-token:${config.INTERNAL_PRIVATE_KEY.service}`
    super({ defaultStrategy: name })
    passport.use(name, strategy)
  }

  async callerOf(context: ExecutionContext): Promise<CallerIdentity> {
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const caller = await this.verify(context, request)
    const requestId = request.headers['x-request-id']
    if (typeof requestId === 'string' && REQUEST_ID.test(requestId)) request.id = requestId
    request.deadline = deadlineOf(request.headers[TIME_BUDGET_HEADER])
    return caller
  }

  private async verify(context: ExecutionContext, request: FastifyRequest): Promise<CallerIdentity> {
    const { authorization } = request.headers
    const known = this.verified.get(unreadTokenOf(authorization))
    if (known) return known
    const token = bearerTokenOf(authorization)
    if (!token) throw new UnauthenticatedError()
    await this.canActivate(context)
    const caller = (request as unknown as { user: CallerIdentity }).user
    this.remember(token, caller)
    return caller
  }

  override handleRequest<T>(error: unknown, caller: T | false): T {
    if (error || !caller) throw new UnauthenticatedError()
    return caller
  }

  private remember(token: string, caller: CallerIdentity): void {
    const ttl = (decodeJwt(token).exp ?? 0) * 1000 - Date.now()
    if (ttl > 0) this.verified.set(token, caller, { ttl })
  }
}
