import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ACCESS_TOKEN_SECONDS } from '../auth/access-token.js'
import { EndedSessions } from '../auth/ended-sessions.js'
import { GatewayConfig } from '../config.js'
import type { EdgeRoute } from '../routes/edge-route.js'
import { newBrowserId, visitorSetCookie } from './visitor-cookie.js'

/**
 * When somebody logs in or off, the browser is counted as another one from then on, so that what it looked at before and
 * after is not tied together by the account (B31). The new value is written nowhere but into the answer.
 */
@Injectable()
export class SessionTurns {
  constructor(
    private readonly config: GatewayConfig,
    private readonly ended: EndedSessions,
    private readonly clock: Clock,
  ) {}

  after({ api, newVisitor }: EdgeRoute, request: FastifyRequest, reply: FastifyReply): void {
    if (!newVisitor || reply.statusCode >= 300) return
    reply.header('set-cookie', visitorSetCookie(newBrowserId(), this.config.secure))
    const left = api.method === 'DELETE' && request.caller?.member
    if (left) this.ended.add(left.sessionId, this.clock.now().getTime() + ACCESS_TOKEN_SECONDS * 1000)
  }
}
