import { type MemberIdentity, UnauthenticatedError } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { EndSessions } from './end-sessions.js'
import { RefreshTokens } from './refresh-tokens.js'

@Injectable()
export class LogOff {
  constructor(
    private readonly ending: EndSessions,
    private readonly refreshTokens: RefreshTokens,
  ) {}

  async execute(member: MemberIdentity | undefined, refreshToken: string | undefined): Promise<void> {
    const token = refreshToken === undefined ? undefined : this.refreshTokens.read(refreshToken)
    if (!member && !token) throw new UnauthenticatedError()
    if (member) await this.ending.one(member.accountId, member.sessionId, 'logged-off')
    if (token && token.sessionId !== member?.sessionId) await this.ending.ofHolder(token.sessionId)
  }
}
