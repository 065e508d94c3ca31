import { Injectable } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { EndSessions } from './end-sessions.js'
import { bindSession } from './session.js'
import { SessionRepository } from './session.repository.js'

/** After credentials have moved: binds the session that moved them to the new ones, and ends the others. Safe to repeat. */
@Injectable()
export class MoveSessions {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
    private readonly ending: EndSessions,
  ) {}

  async execute(accountId: string, actingSessionId: string): Promise<void> {
    const account = await this.accounts.get(accountId)
    if (account.credentialsMovedBy === actingSessionId)
      await this.sessions.change(actingSessionId, (session) => bindSession(session, account))
    await this.ending.unproven(accountId)
  }
}
