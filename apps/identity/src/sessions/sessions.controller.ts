import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Caller, type CallerIdentity, Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { secondsOf } from './access-tokens.js'
import { clientOf } from './client.js'
import { EndSessions } from './end-sessions.js'
import { LogIn } from './log-in.js'
import { LogOff } from './log-off.js'
import type { OpenedSession } from './open-session.js'
import { RefreshSession } from './refresh-session.js'
import { SessionCookies } from './session-cookies.js'

@Controller()
export class SessionsController {
  constructor(
    private readonly loggingIn: LogIn,
    private readonly refreshing: RefreshSession,
    private readonly ending: EndSessions,
    private readonly loggingOff: LogOff,
    private readonly cookies: SessionCookies,
  ) {}

  @Endpoint(identity.logIn)
  async logIn(
    @Input() { body }: ApiInput<typeof identity.logIn>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiAnswer<typeof identity.logIn>> {
    const client = clientOf(request)
    const { browserToken, ...opened } = await this.loggingIn.execute(body, client)
    const asCookie = body.tokenTransport === 'cookie'
    if (body.sharedComputer) reply.header('set-cookie', this.cookies.ofSharedComputer(client.cookies))
    if (browserToken && asCookie) reply.header('set-cookie', this.cookies.setKnownBrowser(browserToken))
    return { ...this.answer(opened, asCookie, reply), ...(browserToken && !asCookie && { browserToken }) }
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
    @Caller() { member }: CallerIdentity,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.loggingOff.execute(member, this.cookies.refreshTokenIn(request.headers.cookie))
    // Without "cookies": a new id for counting at each log-off would tell whose browser it is (B31).
    reply.headers({ 'clear-site-data': '"cache", "storage"', 'cache-control': 'private, no-store' })
    reply.header('set-cookie', this.cookies.clearRefreshToken())
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
      expiresIn: secondsOf(accessToken),
      ...(!asCookie && { refreshToken }),
    }
  }
}
