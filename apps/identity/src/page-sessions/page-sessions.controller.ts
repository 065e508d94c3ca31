import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Clock, Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { GrantAccess } from '../sessions/grant-access.js'
import { RefreshTokens } from '../sessions/refresh-tokens.js'
import { RefreshInvalidError, SessionEndedError, SessionNotFoundError } from '../sessions/session.errors.js'
import { SessionRepository } from '../sessions/session.repository.js'
import { PageSecrets } from './page-secrets.js'
import { enter, openForPages } from './page-session.js'

@Controller()
export class PageSessionsController {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly refreshTokens: RefreshTokens,
    private readonly secrets: PageSecrets,
    private readonly grantAccess: GrantAccess,
    private readonly clock: Clock,
  ) {}

  @Endpoint(identity.openPages)
  async open(@Input() { body }: ApiInput<typeof identity.openPages>): Promise<ApiAnswer<typeof identity.openPages>> {
    const token = this.refreshTokens.read(body.refreshToken)
    if (!token) throw new RefreshInvalidError()
    const secret = this.secrets.inPlaceOf(token)
    const nextHash = this.refreshTokens.successor(token).hash
    const exchange = { refreshHash: token.hash, pageHash: secret.hash, nextHash }
    const session = await this.sessions
      .change(token.sessionId, (current) => openForPages(current, exchange, this.clock.now()))
      .catch(forgotten)
    if (session.endedAt) throw new SessionEndedError()
    const { sharedComputer, expiresAt } = session
    return { pageSecret: secret.text, sharedComputer, expiresAt: expiresAt.toISOString() }
  }

  /** A session that ended, proves former credentials, or never was is refused with the same words. */
  @Endpoint(identity.enterPages)
  async enter(@Input() { body }: ApiInput<typeof identity.enterPages>): Promise<ApiAnswer<typeof identity.enterPages>> {
    const secret = this.secrets.read(body.pageSecret)
    if (!secret) throw new SessionEndedError()
    const session = await this.sessions
      .change(secret.sessionId, (current) => enter(current, secret.hash, this.clock.now()))
      .catch(forgotten)
    const accessToken = await this.grantAccess.execute(session)
    if (accessToken === null) throw new SessionEndedError()
    return { accessToken }
  }
}

/** MongoDB purges sessions some time after their end. */
function forgotten(error: unknown): never {
  throw error instanceof SessionNotFoundError ? new SessionEndedError() : error
}
