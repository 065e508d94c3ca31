import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { endSession, proves, type SessionEnd } from './session.js'
import { SessionNotFoundError } from './session.errors.js'
import { SessionRepository } from './session.repository.js'

const BATCH_SIZE = 16

@Injectable()
export class EndSessions {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly accounts: AccountRepository,
    private readonly clock: Clock,
  ) {}

  /** Another account's session gets the same error as an unknown one. */
  async one(accountId: string, sessionId: string, by: SessionEnd): Promise<void> {
    const session = await this.sessions.find(sessionId)
    if (session?.accountId !== accountId) throw new SessionNotFoundError()
    await this.end(sessionId, by)
  }

  /** Any genuine token shows its holder, and the session may be forgotten already. */
  async ofHolder(sessionId: string): Promise<void> {
    if (await this.sessions.find(sessionId)) await this.end(sessionId, 'logged-off')
  }

  async allBut(accountId: string, sessionId: string): Promise<void> {
    const ids = await this.sessions.idsNotEnded(accountId)
    await this.endMany(
      ids.filter((id) => id !== sessionId),
      'ended-elsewhere',
    )
  }

  /** Ends what does not prove the credentials of this moment. It reads the account last: no session can prove later ones. */
  async unproven(accountId: string): Promise<void> {
    const sessions = await this.sessions.findMany(await this.sessions.idsNotEnded(accountId))
    const account = await this.accounts.find(accountId)
    const unproven = sessions.filter((session) => !account || !proves(session, account))
    await this.endMany(
      unproven.map(({ id }) => id),
      'password-changed',
    )
  }

  surplus(ids: readonly string[]): Promise<void> {
    return this.endMany(ids, 'too-many')
  }

  private async endMany(ids: readonly string[], by: SessionEnd): Promise<void> {
    for (let i = 0; i < ids.length; i += BATCH_SIZE)
      await Promise.all(ids.slice(i, i + BATCH_SIZE).map((id) => this.end(id, by)))
  }

  private async end(id: string, by: SessionEnd): Promise<void> {
    await this.sessions.change(id, (session) => endSession(session, by, this.clock.now()))
  }
}
