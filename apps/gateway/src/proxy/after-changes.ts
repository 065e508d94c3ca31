import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { PublicAnswers } from '../answers/public-answers.js'
import { RevokeOnLogOff } from '../auth/revoke-on-log-off.js'
import type { EdgeRoute } from '../routes/edge-route.js'

/** What this replica knows as soon as a service has answered, before anybody hears of it from Kafka. */
@Injectable()
export class AfterChanges {
  constructor(
    private readonly revoke: RevokeOnLogOff,
    private readonly answers: PublicAnswers,
  ) {}

  note(route: EdgeRoute, request: FastifyRequest, status: number): void {
    this.revoke.after(route, request, status)
    this.answers.after(route, request)
  }
}
