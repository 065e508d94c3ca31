import { randomUUID } from 'node:crypto'
import { identity } from '@mpics/contracts'
import {
  type Authentication,
  bearerTokenOf,
  type CallerIdentity,
  droppedBy,
  Invalidation,
  programTokenOf,
  type TaggedCache,
  UnauthenticatedError,
  UnavailableError,
  unreadTokenOf,
} from '@mpics/service-kit'
import { type ExecutionContext, Injectable } from '@nestjs/common'
import { AuthGuard } from '@nestjs/passport'
import type { FastifyRequest } from 'fastify'
import passport from 'passport'
import { edgeRouteOf } from '../routes/edge-route.js'
import { ACCESS_TOKEN_SECONDS, type VerifiedToken } from './access-token.js'
import { AccessTokenStrategy } from './access-token.strategy.js'
import { FormerRoles } from './former-roles.js'
import { ProgramTokens } from './program-tokens.js'
import { SessionCheck } from './session-check.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set for members. */
    verifiedToken?: VerifiedToken
    /** That of the person, or the one for which a program's token was exchanged. */
    accessToken?: string
    /** Set where a program calls. */
    programScopes?: readonly string[]
  }
}

const CACHE_BYTES = 8 * 1024 * 1024
const REFUSED = 'The access token is not good, or not any more; log in or refresh, and send the new one.'

/** Identifies callers: a visitor without a token, a member with a good one whose session lasts. It refuses a bad token on every route. */
@Injectable()
export class AccessTokenAuthentication extends AuthGuard() implements Authentication {
  private readonly verified: TaggedCache<VerifiedToken>

  constructor(
    strategy: AccessTokenStrategy,
    private readonly sessions: SessionCheck,
    private readonly formerRoles: FormerRoles,
    private readonly programs: ProgramTokens,
    invalidation: Invalidation,
  ) {
    // Passport holds strategies for the whole process, where another gateway may have been
    const name = `access-token ${randomUUID()}`
    super({ defaultStrategy: name })
    this.verified = invalidation.cache({
      name: 'verified access tokens',
      maxBytes: CACHE_BYTES,
      ttlMs: ACCESS_TOKEN_SECONDS * 1000,
      droppedBy: [droppedBy(identity.sessionRevoked, ({ data }) => [data.sessionId])],
    })
    passport.use(name, strategy)
  }

  async callerOf(context: ExecutionContext): Promise<CallerIdentity> {
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const { authorization } = request.headers
    if (authorization === undefined || edgeRouteOf(request)?.byAgent) return { service: 'gateway' }
    const verified = this.verified.get(unreadTokenOf(authorization)) ?? (await this.read(authorization, context))
    const { member, scopes } = verified
    if (await this.sessions.hasEnded(member.sessionId)) throw new UnauthenticatedError(REFUSED)
    if (await this.formerRoles.isOf(verified)) throw new UnauthenticatedError(REFUSED)
    request.verifiedToken = verified
    if (scopes) request.programScopes = scopes
    return { service: 'gateway', member }
  }

  private async read(authorization: string, context: ExecutionContext): Promise<VerifiedToken> {
    const token = await this.accessTokenIn(authorization, context.switchToHttp().getRequest<FastifyRequest>())
    return this.verified.get(token) ?? this.verify(token, context)
  }

  private async accessTokenIn(authorization: string, request: FastifyRequest): Promise<string> {
    const programToken = programTokenOf(authorization)
    if (programToken) return this.programs.exchange(programToken, request)
    const token = bearerTokenOf(authorization)
    if (!token) throw new UnauthenticatedError(REFUSED)
    return token
  }

  override handleRequest<T>(error: unknown, verified: T | false, info: unknown): T {
    if (verified) return verified
    const reason = error ?? info
    throw reason instanceof UnavailableError ? reason : new UnauthenticatedError(REFUSED)
  }

  private async verify(token: string, context: ExecutionContext): Promise<VerifiedToken> {
    const request = context.switchToHttp().getRequest<FastifyRequest & { user: VerifiedToken }>()
    request.accessToken = token
    await this.canActivate(context)
    const { user } = request
    const ttl = user.expiresAt - Date.now()
    if (ttl > 0) this.verified.set(token, user, [user.member.sessionId], ttl)
    return user
  }
}
