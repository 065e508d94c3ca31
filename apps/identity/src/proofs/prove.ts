import type { identity } from '@mpics/contracts'
import { Clock, type MemberIdentity } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { isLive, proveAgain, proves, type Session } from '../sessions/session.js'
import { SessionEndedError } from '../sessions/session.errors.js'
import { SessionRepository } from '../sessions/session.repository.js'
import { CheckEvidence } from './check-evidence.js'

export interface ActingSession {
  session: Session
  account: Account
}

@Injectable()
export class Prove {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly accounts: AccountRepository,
    private readonly checkEvidence: CheckEvidence,
    private readonly clock: Clock,
  ) {}

  /** Resolves to the account as it was when the evidence was compared. */
  async execute(member: MemberIdentity, evidence: identity.Evidence, network?: string): Promise<Account> {
    const { session, account } = await this.acting(member)
    const browser = session.knownBrowserHash ?? session.id
    const proof = await this.checkEvidence.execute(account, evidence, browser, network)
    await this.sessions.change(session.id, (current) => proveAgain(current, proof, this.clock.now()))
    return account
  }

  /** B50: the caller's session at this moment, since its access token may be older than its end. */
  async acting({ accountId, sessionId }: MemberIdentity): Promise<ActingSession> {
    const session = await this.sessions.find(sessionId)
    const account = await this.accounts.find(accountId)
    if (!account || session?.accountId !== accountId) throw new SessionEndedError()
    if (!isLive(session, this.clock.now()) || !proves(session, account)) throw new SessionEndedError()
    return { session, account }
  }
}
