import { Injectable } from '@nestjs/common'
import { AccountLockedError } from '../accounts/account.errors.js'
import { hasFactor } from '../accounts/factors.js'
import { BeginLogIn } from '../pending-log-ins/begin-log-in.js'
import { CheckPassword } from './check-password.js'
import type { Client } from './client.js'
import { KnownBrowsers } from './known-browsers.js'
import { type LoggedIn, OpenKnownBrowser } from './open-known-browser.js'
import { SessionCookies } from './session-cookies.js'

export interface LogInRequest {
  login: string
  password: string
  sharedComputer: boolean
  tokenTransport: 'body' | 'cookie'
  browserToken?: string | undefined
}

@Injectable()
export class LogIn {
  constructor(
    private readonly checkPassword: CheckPassword,
    private readonly openSession: OpenKnownBrowser,
    private readonly knownBrowsers: KnownBrowsers,
    private readonly cookies: SessionCookies,
    private readonly beginLogIn: BeginLogIn,
  ) {}

  /** Throws FactorNeededError where the account has a second factor: a known browser is none. */
  async execute({ login, password, sharedComputer, ...request }: LogInRequest, client: Client): Promise<LoggedIn> {
    const presented = request.browserToken ?? this.cookies.knownBrowserIn(client.cookies)
    const credentials = { login, password, browserToken: presented, network: client.network }
    const { account, guess } = await this.checkPassword.execute(credentials)
    const known = guess !== undefined
    if (sharedComputer || account.lock || hasFactor(account)) await this.checkPassword.forget(guess)
    if (account.lock) throw new AccountLockedError()
    if (hasFactor(account)) {
      const knownBrowserHash = known && presented ? this.knownBrowsers.hash(account.id, presented) : null
      const asCookie = request.tokenTransport === 'cookie'
      throw await this.beginLogIn.execute(account, { sharedComputer, asCookie, knownBrowserHash })
    }
    return this.openSession.execute(account, { sharedComputer, known, provedBy: ['password'] }, presented, client)
  }
}
