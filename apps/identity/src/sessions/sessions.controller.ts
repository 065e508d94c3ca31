import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { clientOf } from './client.js'
import { EndSessions } from './end-sessions.js'
import { LogIn } from './log-in.js'
import type { OpenedSession } from './open-session.js'
import { RefreshSession } from './refresh-session.js'
import { ACCESS_TOKEN_SECONDS } from './session.js'
import { SessionCookies } from './session-cookies.js'

@Controller()
export class SessionsController {
  constructor(
    private readonly loggingIn: LogIn,
    private readonly refreshing: RefreshSession,
    private readonly ending: EndSessions,
    private readonly cookies: SessionCookies,
  ) {}

  @Endpoint(identity.logIn)
  async logIn(
    @Input() { body }: ApiInput<typeof identity.logIn>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiAnswer<typeof identity.logIn>> {
    const opened = await this.loggingIn.execute(body, clientOf(request))
    if (body.sharedComputer) reply.header('set-cookie', this.cookies.markSharedComputer())
    if (opened.knownBrowser) reply.header('set-cookie', this.cookies.setKnownBrowser(opened.knownBrowser))
    return this.answer(opened, body.tokenTransport === 'cookie', reply)
  }

  @Endpoint(identity.refreshSession)
  async refresh(
    @Input() { body }: ApiInput<typeof identity.refreshSession>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiAnswer<typeof identity.refreshSession>> {
    const client = clientOf(request)
    const token = body.refreshToken ?? this.cookies.refreshTokenIn(client.cookies)
    return this.answer(await this.refreshing.execute(token, client), body.refreshToken === undefined, reply)
  }

  /** Policy: "Protect against unauthorized access […] by logging off once you have finished using a shared computer." */
  @Endpoint(identity.logOff)
  async logOff(
    @Member() { accountId, sessionId }: MemberIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.ending.one(accountId, sessionId, 'logged-off')
    // "cookies" would renew the visitor cookie as well, and so tell whose browser it is (B31)
    reply.header('clear-site-data', '"cache", "storage"')
    reply.header('set-cookie', this.cookies.clearAll())
  }

  @Endpoint(identity.endSession)
  end(
    @Member() { accountId }: MemberIdentity,
    @Input() { params }: ApiInput<typeof identity.endSession>,
  ): Promise<void> {
    return this.ending.one(accountId, params.id, 'ended-elsewhere')
  }

  @Endpoint(identity.endOtherSessions)
  endOthers(@Member() { accountId, sessionId }: MemberIdentity): Promise<void> {
    return this.ending.allBut(accountId, sessionId)
  }

  private answer(opened: OpenedSession, asCookie: boolean, reply: FastifyReply) {
    const { session, accessToken, refreshToken } = opened
    reply.header('cache-control', 'no-store')
    if (asCookie) reply.header('set-cookie', this.cookies.setRefreshToken(refreshToken, session))
    return {
      sessionId: session.id,
      accessToken,
      expiresIn: ACCESS_TOKEN_SECONDS,
      ...(!asCookie && { refreshToken }),
    }
  }
}
