import { unchanged } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { EndSessions } from './end-sessions.js'
import { bindSession } from './session.js'
import { SessionNotFoundError } from './session.errors.js'
import { SessionRepository } from './session.repository.js'

/** After credentials have moved: binds the session that moved them to the new ones, and ends the others. Safe to repeat. */
@Injectable()
export class MoveSessions {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
    private readonly ending: EndSessions,
  ) {}

  /** `factorProvedAt`: when the acting session showed a factor that is new. */
  async execute(accountId: string, factorProvedAt?: Date): Promise<void> {
    const account = await this.accounts.find(accountId)
    if (account?.credentialsMovedBy)
      await this.sessions
        .change(account.credentialsMovedBy, (session) =>
          session.accountId === accountId ? bindSession(session, account, factorProvedAt) : unchanged(session),
        )
        .catch(forgotten)
    await this.ending.unproven(accountId)
  }
}

function forgotten(error: unknown): void {
  if (!(error instanceof SessionNotFoundError)) throw error
}
