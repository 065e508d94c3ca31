import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { rolesOf } from '../roles/role-grants.js'
import { AccessTokens } from './access-tokens.js'
import type { Client } from './client.js'
import type { OpenedSession } from './open-session.js'
import { RefreshTokens } from './refresh-tokens.js'
import { endSession, refreshSession, type Session } from './session.js'
import { RefreshInvalidError, RefreshReusedError, SessionEndedError, SessionNotFoundError } from './session.errors.js'
import { SessionRepository } from './session.repository.js'

@Injectable()
export class RefreshSession {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly accounts: AccountRepository,
    private readonly refreshTokens: RefreshTokens,
    private readonly accessTokens: AccessTokens,
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
    return { session, accessToken: await this.accessTokenFor(session), refreshToken: successor.text }
  }

  /** Ends a session that is older than the password, in case the change of the password could not end it. */
  private async accessTokenFor(session: Session): Promise<string> {
    const account = await this.accounts.find(session.accountId)
    if (!account || session.openedAt < account.passwordChangedAt) {
      await this.sessions.change(session.id, (current) => endSession(current, 'password-changed', this.clock.now()))
      throw new SessionEndedError()
    }
    const roles = rolesOf(account, this.clock.now())
    return this.accessTokens.sign({ accountId: account.id, sessionId: session.id, roles })
  }
}

/** MongoDB purges sessions some time after their end. */
function forgotten(error: unknown): never {
  throw error instanceof SessionNotFoundError ? new SessionEndedError() : error
}
