import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Clock, Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { GoodProgramTokens } from '../program-tokens/good-program-tokens.js'
import { isLive, proves, type Session } from '../sessions/session.js'
import { SessionRepository } from '../sessions/session.repository.js'

/**
 * Serves a gateway that gets no events. An unknown session, and one that proves former credentials, counts as ended. The token of
 * a program stands for a session.
 */
@Controller()
export class RevokedSessionsController {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly programTokens: GoodProgramTokens,
    private readonly accounts: AccountRepository,
    private readonly clock: Clock,
  ) {}

  @Endpoint(identity.revokedSessions)
  async revoked(
    @Input() { body }: ApiInput<typeof identity.revokedSessions>,
  ): Promise<ApiAnswer<typeof identity.revokedSessions>> {
    const now = this.clock.now()
    const found = await this.sessions.findMany(body.sessionIds)
    const good = await this.idsOfProven(found.filter((session) => isLive(session, now)))
    const known = new Set(found.map(({ id }) => id))
    const others = body.sessionIds.filter((id) => !known.has(id))
    const tokens = others.length > 0 ? await this.programTokens.among(others) : good
    return { revoked: body.sessionIds.filter((id) => !good.has(id) && !tokens.has(id)) }
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
