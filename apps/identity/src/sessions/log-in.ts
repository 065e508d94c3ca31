import { Injectable } from '@nestjs/common'
import { CheckPassword } from './check-password.js'
import type { Client } from './client.js'
import { KnownBrowsers } from './known-browsers.js'
import { OpenSession, type OpenedSession } from './open-session.js'
import { SessionCookies } from './session-cookies.js'

export interface LogInRequest {
  login: string
  password: string
  sharedComputer: boolean
  tokenTransport: 'body' | 'cookie'
}

export interface LoggedIn extends OpenedSession {
  /** The browser keeps this value in a cookie. */
  knownBrowser: string | undefined
}

@Injectable()
export class LogIn {
  constructor(
    private readonly checkPassword: CheckPassword,
    private readonly openSession: OpenSession,
    private readonly knownBrowsers: KnownBrowsers,
    private readonly cookies: SessionCookies,
  ) {}

  async execute(request: LogInRequest, client: Client): Promise<LoggedIn> {
    const { login, password, sharedComputer, tokenTransport } = request
    const presented = this.cookies.knownBrowserIn(client.cookies)
    const account = await this.checkPassword.execute({ login, password, knownBrowser: presented })
    const remembers = tokenTransport === 'cookie' && !sharedComputer
    const knownBrowser = remembers ? (presented ?? this.knownBrowsers.newCookie()) : undefined
    const knownBrowserHash = knownBrowser ? this.knownBrowsers.hash(account.id, knownBrowser) : null
    const opened = await this.openSession.execute(account, { ...client, sharedComputer, knownBrowserHash })
    return { ...opened, knownBrowser }
  }
}
