import type { identity, Proof } from '@mpics/contracts'
import { Clock, type MemberIdentity } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { LoginAttempts } from '../attempts/login-attempts.js'
import { isLive, proveAgain, proves, type Session } from '../sessions/session.js'
import { SessionEndedError } from '../sessions/session.errors.js'
import { SessionRepository } from '../sessions/session.repository.js'
import { ProofFailedError } from './proof.errors.js'
import { Provers } from './provers.js'

export interface ActingSession {
  session: Session
  account: Account
}

@Injectable()
export class Prove {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly accounts: AccountRepository,
    private readonly attempts: LoginAttempts,
    private readonly provers: Provers,
    private readonly clock: Clock,
  ) {}

  /** Resolves to the account as it was when the evidence was compared. */
  async execute(member: MemberIdentity, evidence: identity.Evidence, network?: string): Promise<Account> {
    const acting = await this.acting(member)
    const proof = await this.proofIn(acting, evidence, network)
    await this.sessions.change(acting.session.id, (session) => proveAgain(session, proof, this.clock.now()))
    return acting.account
  }

  /** B50: the caller's session at this moment, since its access token may be older than its end. */
  async acting({ accountId, sessionId }: MemberIdentity): Promise<ActingSession> {
    const session = await this.sessions.find(sessionId)
    const account = await this.accounts.find(accountId)
    if (!account || session?.accountId !== accountId) throw new SessionEndedError()
    if (!isLive(session, this.clock.now()) || !proves(session, account)) throw new SessionEndedError()
    return { session, account }
  }

  /** Guesses count against the session's browser, so that a stranger's log-ins elsewhere do not lock the owner out. */
  private async proofIn(acting: ActingSession, evidence: identity.Evidence, network?: string): Promise<Proof> {
    const { session, account } = acting
    const name = account.handleKey
    const browser = session.knownBrowserHash ?? session.id
    await this.attempts.begin(name, browser)
    const proof = await this.firstProof(account, evidence, network).catch(async (refusal: unknown) => {
      await this.attempts.withdraw(name, browser)
      throw refusal
    })
    if (!proof) throw new ProofFailedError()
    await this.attempts.succeeded(name, browser)
    return proof
  }

  private async firstProof(account: Account, evidence: identity.Evidence, network?: string) {
    for (const prover of this.provers.of(account))
      if (await prover.prove(account, evidence, network)) return prover.proof
    return undefined
  }
}
