import { ErasedIds, failPoint } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { EndSessions } from './end-sessions.js'
import { SessionHolderRepository } from './session-holder.repository.js'
import { type NewSession, openSession, type Session } from './session.js'
import { SessionRepository } from './session.repository.js'

/** So many sessions last at once (OWASP ASVS 5.0.0, 7.1.2). */
const MAX_SESSIONS = 20

@Injectable()
export class AddSession {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly holders: SessionHolderRepository,
    private readonly ending: EndSessions,
    private readonly erased: ErasedIds,
  ) {}

  /**
   * The first browser of an account does not count as new. Who has too many loses the one that was idle for longest. Resolves
   * also to the account as it was after the session was saved.
   */
  async execute(
    session: NewSession,
    known: boolean,
    now: Date,
  ): Promise<{ session: Session; account: Account | null }> {
    const opened = openSession(session, !known && (await this.sessions.hasLoggedIn(session.accountId)), now)
    await failPoint('session.beforeInsert')
    await this.sessions.insert(opened)
    await failPoint('session.afterInsert')
    const { account, surplus } = await this.holders.find(session.accountId, MAX_SESSIONS, now)
    if (!account) await this.erased.recheck([session.accountId])
    await this.ending.surplus(surplus)
    return { session: opened.state, account }
  }
}
