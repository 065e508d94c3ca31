import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { AccountLockedError } from '../accounts/account.errors.js'
import { hasFactor } from '../accounts/factors.js'
import { BeginLogIn } from '../pending-log-ins/begin-log-in.js'
import { CheckPassword } from './check-password.js'
import type { Client } from './client.js'
import { KnownBrowsers } from './known-browsers.js'
import type { Guess } from './log-in-guesses.js'
import { type LoggedIn, OpenKnownBrowser } from './open-known-browser.js'
import { SessionCookies } from './session-cookies.js'
import type { Session } from './session.js'

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
  async execute(request: LogInRequest, client: Client): Promise<LoggedIn> {
    const { login, password, sharedComputer } = request
    const presented = request.browserToken ?? this.cookies.knownBrowserIn(client.cookies)
    const credentials = { login, password, browserToken: presented, network: client.network }
    const { account, guess } = await this.checkPassword.execute(credentials)
    if (account.lock || hasFactor(account)) await this.checkPassword.forget(guess)
    if (account.lock) throw new AccountLockedError()
    const known = guess !== undefined
    if (hasFactor(account)) throw await this.factorNeeded(account, request, known ? presented : undefined)
    const proved = { sharedComputer, known, provedBy: ['password'] as const }
    const loggedIn = await this.openSession.execute(account, proved, presented, client)
    if (!isFoundNext(loggedIn.session, guess)) await this.checkPassword.forget(guess)
    return loggedIn
  }

  private factorNeeded(account: Account, request: LogInRequest, browserToken: string | undefined): Promise<Error> {
    const { sharedComputer, tokenTransport } = request
    const knownBrowserHash = browserToken === undefined ? null : this.knownBrowsers.hash(account.id, browserToken)
    return this.beginLogIn.execute(account, { sharedComputer, asCookie: tokenTransport === 'cookie', knownBrowserHash })
  }
}

/** Not where the browser got another token or none, or where a clock that was ahead opened the session that counts. */
function isFoundNext({ knownBrowserHash, openedAt }: Session, guess: Guess | undefined): boolean {
  const counting = guess?.session
  return !counting || (knownBrowserHash === counting.knownBrowserHash && openedAt > counting.openedAt)
}
