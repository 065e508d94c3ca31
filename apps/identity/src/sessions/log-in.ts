import { Injectable } from '@nestjs/common'
import { AccountLockedError } from '../accounts/account.errors.js'
import { CheckPassword } from './check-password.js'
import type { Client } from './client.js'
import { KnownBrowsers } from './known-browsers.js'
import { OpenSession, type OpenedSession } from './open-session.js'
import { SessionCookies } from './session-cookies.js'

export interface LogInRequest {
  login: string
  password: string
  sharedComputer: boolean
  browserToken?: string | undefined
}

export interface LoggedIn extends OpenedSession {
  browserToken: string | undefined
}

@Injectable()
export class LogIn {
  constructor(
    private readonly checkPassword: CheckPassword,
    private readonly openSession: OpenSession,
    private readonly knownBrowsers: KnownBrowsers,
    private readonly cookies: SessionCookies,
  ) {}

  async execute({ login, password, sharedComputer, ...request }: LogInRequest, client: Client): Promise<LoggedIn> {
    const presented = request.browserToken ?? this.cookies.knownBrowserIn(client.cookies)
    const credentials = { login, password, browserToken: presented, network: client.network }
    const { account, known } = await this.checkPassword.execute(credentials)
    if (account.lock) throw new AccountLockedError()
    const browserToken = sharedComputer ? undefined : this.knownBrowsers.renewed(presented)
    const knownBrowserHash = browserToken === undefined ? null : this.knownBrowsers.hash(account.id, browserToken)
    const setting = { ...client, sharedComputer, known, knownBrowserHash, provedBy: ['password'] as const }
    return { ...(await this.openSession.execute(account, setting)), browserToken }
  }
}
