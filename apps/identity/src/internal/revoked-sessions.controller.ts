import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Clock, Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { isLive, proves, type Session } from '../sessions/session.js'
import { SessionRepository } from '../sessions/session.repository.js'

/** Serves a gateway that gets no events. An unknown session, and one that proves former credentials, counts as ended. */
@Controller()
export class RevokedSessionsController {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly accounts: AccountRepository,
    private readonly clock: Clock,
  ) {}

  @Endpoint(identity.revokedSessions)
  async revoked(
    @Input() { body }: ApiInput<typeof identity.revokedSessions>,
  ): Promise<ApiAnswer<typeof identity.revokedSessions>> {
    const now = this.clock.now()
    const live = (await this.sessions.findMany(body.sessionIds)).filter((session) => isLive(session, now))
    const good = await this.idsOfProven(live)
    return { revoked: body.sessionIds.filter((id) => !good.has(id)) }
  }

  private async idsOfProven(sessions: readonly Session[]): Promise<ReadonlySet<string>> {
    const accounts = await this.accounts.findMany([...new Set(sessions.map(({ accountId }) => accountId))])
    const byId = new Map(accounts.map((account) => [account.id, account]))
    const proven = sessions.filter((session) => {
      const account = byId.get(session.accountId)
      return account && proves(session, account)
    })
    return new Set(proven.map(({ id }) => id))
  }
}
