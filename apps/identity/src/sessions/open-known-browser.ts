import type { Proof } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { AccountLockedError } from '../accounts/account.errors.js'
import type { Client } from './client.js'
import { KnownBrowsers } from './known-browsers.js'
import { OpenSession, type OpenedSession } from './open-session.js'
import { SessionCookies } from './session-cookies.js'

export interface LoggedIn extends OpenedSession {
  browserToken: string | undefined
}

interface Proved {
  id?: string
  sharedComputer: boolean
  /** Looked up where it is not given. */
  known?: boolean
  provedBy: readonly Proof[]
}

/** Opens a session in a browser that its next log-in will know, unless others use it. */
@Injectable()
export class OpenKnownBrowser {
  constructor(
    private readonly openSession: OpenSession,
    private readonly knownBrowsers: KnownBrowsers,
    private readonly cookies: SessionCookies,
  ) {}

  async execute(account: Account, proved: Proved, presented: string | undefined, client: Client): Promise<LoggedIn> {
    if (account.lock) throw new AccountLockedError()
    const { sharedComputer } = proved
    const shown = presented ?? this.cookies.knownBrowserIn(client.cookies)
    const browserToken = sharedComputer ? undefined : this.knownBrowsers.renewed(shown)
    const knownBrowserHash = browserToken === undefined ? null : this.knownBrowsers.hash(account.id, browserToken)
    const { id, provedBy } = proved
    const known = proved.known ?? (await this.knownBrowsers.recognise(account.id, shown))
    const setting = { ...client, ...(id && { id }), sharedComputer, known, knownBrowserHash, provedBy }
    return { ...(await this.openSession.execute(account, setting)), browserToken }
  }
}
