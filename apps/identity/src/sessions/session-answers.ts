import type { ApiAnswer, identity } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { secondsOf } from './access-tokens.js'
import type { Client } from './client.js'
import type { LoggedIn } from './open-known-browser.js'
import type { OpenedSession } from './open-session.js'
import { SessionCookies } from './session-cookies.js'

/** Answers every kind of log-in alike, with tokens in the body or in cookies. */
@Injectable()
export class SessionAnswers {
  constructor(private readonly cookies: SessionCookies) {}

  loggedIn(
    { browserToken, ...opened }: LoggedIn,
    { sharedComputer, asCookie }: { sharedComputer: boolean; asCookie: boolean },
    client: Client,
    reply: FastifyReply,
  ): ApiAnswer<typeof identity.logIn> {
    if (sharedComputer) reply.header('set-cookie', this.cookies.ofSharedComputer(client.cookies))
    if (browserToken && asCookie) reply.header('set-cookie', this.cookies.setKnownBrowser(browserToken))
    return { ...this.opened(opened, asCookie, reply), ...(browserToken && !asCookie && { browserToken }) }
  }

  opened(opened: OpenedSession, asCookie: boolean, reply: FastifyReply) {
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

  refreshTokenIn(cookies: string | undefined): string | undefined {
    return this.cookies.refreshTokenIn(cookies)
  }

  forgetRefreshToken(reply: FastifyReply): void {
    reply.header('set-cookie', this.cookies.clearRefreshToken())
  }
}
