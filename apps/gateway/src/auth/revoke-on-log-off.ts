import { Clock, cookieValue } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { GatewayConfig } from '../config.js'
import type { EdgeRoute } from '../routes/edge-route.js'
import { ACCESS_TOKEN_SECONDS } from './access-token.js'
import { EndedSessions } from './ended-sessions.js'

/** A refresh token is of 128 hexadecimal digits and begins with the session's id. */
const REFRESH_TOKEN = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})[0-9a-f]{96}$/

/** Ends a session’s tokens in this replica as soon as its log-off is answered; other replicas hear of it from Kafka (B49). */
@Injectable()
export class RevokeOnLogOff {
  constructor(
    private readonly config: GatewayConfig,
    private readonly ended: EndedSessions,
    private readonly clock: Clock,
  ) {}

  after({ endsSession }: EdgeRoute, { caller, headers }: FastifyRequest, status: number): void {
    if (!endsSession || status >= 300) return
    const sessionId = caller?.member?.sessionId ?? this.sessionOf(headers.cookie)
    if (sessionId) this.ended.add(sessionId, this.clock.now().getTime() + ACCESS_TOKEN_SECONDS * 1000)
  }

  /** Identity, which reads the same cookie, has found the token genuine, or it would have refused who sends no access token. */
  private sessionOf(cookies: string | undefined): string | undefined {
    const refreshCookie = { name: 'mprefresh', path: '/v1/sessions', secure: this.config.secure }
    return REFRESH_TOKEN.exec(cookieValue(refreshCookie, cookies) ?? '')
      ?.slice(1)
      .join('-')
  }
}
