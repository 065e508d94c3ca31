import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Client } from './client.js'
import { GrantAccess } from './grant-access.js'
import type { OpenedSession } from './open-session.js'
import { RefreshTokens } from './refresh-tokens.js'
import { refreshSession } from './session.js'
import { RefreshInvalidError, RefreshReusedError, SessionEndedError, SessionNotFoundError } from './session.errors.js'
import { SessionRepository } from './session.repository.js'

@Injectable()
export class RefreshSession {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly refreshTokens: RefreshTokens,
    private readonly grantAccess: GrantAccess,
    private readonly clock: Clock,
  ) {}

  async execute(text: string | undefined, { browser }: Client): Promise<OpenedSession> {
    const token = text === undefined ? undefined : this.refreshTokens.read(text)
    if (!token) throw new RefreshInvalidError()
    const successor = this.refreshTokens.successor(token)
    const used = { hash: token.hash, successorHash: successor.hash, browser }
    const session = await this.sessions
      .change(token.sessionId, (current) => refreshSession(current, used, this.clock.now()))
      .catch(forgotten)
    if (session.endedAt) throw session.endedBy === 'refresh-reused' ? new RefreshReusedError() : new SessionEndedError()
    const accessToken = await this.grantAccess.execute(session)
    if (accessToken === null) throw new SessionEndedError()
    return { session, accessToken, refreshToken: this.refreshTokens.successor(token, session).text }
  }
}

/** MongoDB purges sessions some time after their end. */
function forgotten(error: unknown): never {
  throw error instanceof SessionNotFoundError ? new SessionEndedError() : error
}
