import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Caller, type CallerIdentity, Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { clientOf } from './client.js'
import { EndSessions } from './end-sessions.js'
import { LogIn } from './log-in.js'
import { LogOff } from './log-off.js'
import { RefreshSession } from './refresh-session.js'
import { SessionAnswers } from './session-answers.js'

@Controller()
export class SessionsController {
  constructor(
    private readonly loggingIn: LogIn,
    private readonly refreshing: RefreshSession,
    private readonly ending: EndSessions,
    private readonly loggingOff: LogOff,
    private readonly answers: SessionAnswers,
  ) {}

  @Endpoint(identity.logIn)
  async logIn(
    @Input() { body }: ApiInput<typeof identity.logIn>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiAnswer<typeof identity.logIn>> {
    const client = clientOf(request)
    const result = await this.loggingIn.execute(body, client)
    return this.answers.loggedIn(result, { ...body, asCookie: body.tokenTransport === 'cookie' }, client, reply)
  }

  @Endpoint(identity.refreshSession)
  async refresh(
    @Input() { body }: ApiInput<typeof identity.refreshSession>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiAnswer<typeof identity.refreshSession>> {
    const client = clientOf(request)
    const token = body.refreshToken ?? this.answers.refreshTokenIn(client.cookies)
    return this.answers.opened(await this.refreshing.execute(token, client), body.refreshToken === undefined, reply)
  }

  /** Policy: "Protect against unauthorized access […] by logging off once you have finished using a shared computer." */
  @Endpoint(identity.logOff)
  async logOff(
    @Caller() { member }: CallerIdentity,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.loggingOff.execute(member, this.answers.refreshTokenIn(request.headers.cookie))
    // Without "cookies": a new id for counting at each log-off would tell whose browser it is (B31).
    reply.headers({ 'clear-site-data': '"cache", "storage"', 'cache-control': 'private, no-store' })
    this.answers.forgetRefreshToken(reply)
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
}
