import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import type { EdgeRoute } from '../routes/edge-route.js'
import { ACCESS_TOKEN_SECONDS } from './access-token.js'
import { EndedSessions } from './ended-sessions.js'

/** Ends a session’s tokens in this replica as soon as its log-off is answered; other replicas hear of it from Kafka (B49). */
@Injectable()
export class RevokeOnLogOff {
  constructor(
    private readonly ended: EndedSessions,
    private readonly clock: Clock,
  ) {}

  after({ endsSession }: EdgeRoute, { caller }: FastifyRequest, status: number): void {
    if (!endsSession || status >= 300 || !caller?.member) return
    this.ended.add(caller.member.sessionId, this.clock.now().getTime() + ACCESS_TOKEN_SECONDS * 1000)
  }
}
