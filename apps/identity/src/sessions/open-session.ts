import { Clock, Ids } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { rolesOf } from '../roles/role-grants.js'
import { AccessTokens } from './access-tokens.js'
import { RefreshTokens } from './refresh-tokens.js'
import { openSession, type Session } from './session.js'
import { SessionRepository } from './session.repository.js'

export interface SessionSetting {
  browser: string
  country: string | null
  sharedComputer: boolean
  knownBrowserHash: string | null
}

export interface OpenedSession {
  session: Session
  accessToken: string
  refreshToken: string
}

@Injectable()
export class OpenSession {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly refreshTokens: RefreshTokens,
    private readonly accessTokens: AccessTokens,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  async execute(account: Account, setting: SessionSetting): Promise<OpenedSession> {
    const { id: accountId, passwordChangedAt } = account
    const { browser, country, sharedComputer, knownBrowserHash } = setting
    const id = this.ids.random()
    const token = this.refreshTokens.first(id)
    const session = { id, accountId, browser, country, sharedComputer, knownBrowserHash, refreshHash: token.hash }
    // A replica whose clock is ahead may have changed the password.
    const now = new Date(Math.max(this.clock.now().getTime(), passwordChangedAt.getTime()))
    const opened = openSession(session, await this.isNewDevice(accountId, browser), now)
    await this.sessions.insert(opened)
    const accessToken = await this.accessTokens.sign({ accountId, sessionId: id, roles: rolesOf(account, now) })
    return { session: opened.state, accessToken, refreshToken: token.text }
  }

  /** The first browser of an account does not count as new. */
  private async isNewDevice(accountId: string, browser: string): Promise<boolean> {
    if (await this.sessions.hasLoggedIn(accountId, browser)) return false
    return this.sessions.hasLoggedIn(accountId)
  }
}
