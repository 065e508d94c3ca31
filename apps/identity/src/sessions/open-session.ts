import type { Proof } from '@mpics/contracts'
import { Clock, Ids } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { credentialsOf } from '../accounts/credentials.js'
import { GrantAccess } from './grant-access.js'
import { RefreshTokens } from './refresh-tokens.js'
import { AddSession } from './add-session.js'
import type { Session } from './session.js'
import { LoginFailedError } from './session.errors.js'

export interface SessionSetting {
  /** Of the log-in that waited for its factor. */
  id?: string
  browser: string
  country: string | null
  sharedComputer: boolean
  known: boolean
  knownBrowserHash: string | null
  provedBy: readonly Proof[]
}

export interface OpenedSession {
  session: Session
  accessToken: string
  refreshToken: string
}

@Injectable()
export class OpenSession {
  constructor(
    private readonly addSession: AddSession,
    private readonly refreshTokens: RefreshTokens,
    private readonly grantAccess: GrantAccess,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /** `account` is as it was when the password was compared, since the session is bound to what it proved. */
  async execute(account: Account, setting: SessionSetting): Promise<OpenedSession> {
    const { id: accountId, passwordChangedAt } = account
    const { browser, country, sharedComputer, known, knownBrowserHash, provedBy } = setting
    const id = setting.id ?? this.ids.random()
    const token = this.refreshTokens.first(id)
    const about = { browser, country, sharedComputer, knownBrowserHash, provedBy, refreshHash: token.hash }
    const session = { id, accountId, credentials: credentialsOf(account), ...about }
    // A replica whose clock is ahead may have changed the password.
    const now = new Date(Math.max(this.clock.now().getTime(), passwordChangedAt.getTime()))
    const opened = await this.addSession.execute(session, known, now)
    const accessToken = await this.grantAccess.asOf(opened.account, opened.session)
    if (accessToken === null) throw new LoginFailedError()
    return { session: opened.session, accessToken, refreshToken: token.text }
  }
}
