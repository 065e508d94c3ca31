import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { statusOf } from '../accounts/account-status.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { nextEndOf, rolesOf } from '../roles/role-grants.js'
import { AccessTokens } from './access-tokens.js'
import { bindSession, endSession, proves, type Session } from './session.js'
import { SessionRepository } from './session.repository.js'

/** Signs access tokens for sessions that prove the credentials of this moment, and ends the others. */
@Injectable()
export class GrantAccess {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
    private readonly accessTokens: AccessTokens,
    private readonly clock: Clock,
  ) {}

  async execute(session: Session): Promise<string | null> {
    return this.asOf(await this.accounts.find(session.accountId), session)
  }

  /**
   * B50: the account was read after the session was saved. A change of the credentials therefore either finds the session and
   * ends it, or is seen here. Resolves to null for a session that it ended.
   */
  async asOf(account: Account | null, session: Session): Promise<string | null> {
    const now = this.clock.now()
    if (!account || !proves(session, account) || !isOpen(account, now)) {
      await this.sessions.change(session.id, (current) => endSession(current, 'password-changed', now))
      return null
    }
    if (bindSession(session, account).changed)
      await this.sessions.change(session.id, (current) => bindSession(current, account))
    const roles = {
      roles: rolesOf(account, now),
      rolesVersion: account.rolesVersion,
      rolesEndAt: nextEndOf(account, now),
    }
    const unverified = account.emailVerifiedAt === null
    const closing = account.closure !== null
    const { id: sessionId, provedAt } = session
    return this.accessTokens.sign({ accountId: account.id, sessionId, ...roles, unverified, closing, provedAt })
  }
}

const isOpen = (account: Account, now: Date): boolean => !['locked', 'due'].includes(statusOf(account, now))
