import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Clock, Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { isLive } from '../sessions/session.js'
import { SessionRepository } from '../sessions/session.repository.js'

/** Serves a gateway that gets no events. An unknown session counts as ended. */
@Controller()
export class RevokedSessionsController {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly clock: Clock,
  ) {}

  @Endpoint(identity.revokedSessions)
  async revoked(
    @Input() { body }: ApiInput<typeof identity.revokedSessions>,
  ): Promise<ApiAnswer<typeof identity.revokedSessions>> {
    const now = this.clock.now()
    const sessions = await this.sessions.findMany(body.sessionIds)
    const live = new Set(sessions.filter((session) => isLive(session, now)).map(({ id }) => id))
    return { revoked: body.sessionIds.filter((id) => !live.has(id)) }
  }
}
