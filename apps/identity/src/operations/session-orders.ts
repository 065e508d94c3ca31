import { Clock, OperatorOrders } from '@mpics/service-kit'
import { Injectable, type OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import { AccountRepository } from '../accounts/account.repository.js'
import { EndSessions } from '../sessions/end-sessions.js'
import { isLive, type Session } from '../sessions/session.js'
import { SessionRepository } from '../sessions/session.repository.js'
import { accountNamed } from './account-named.js'

const account = z.string().max(64)

@Injectable()
export class SessionOrders implements OnModuleInit {
  constructor(
    private readonly orders: OperatorOrders,
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
    private readonly ending: EndSessions,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.orders.register({
      name: 'list-sessions',
      body: z.strictObject({ account, personal: z.boolean().default(false) }),
      perform: async (order) => {
        const { id } = await accountNamed(this.accounts, order.account)
        return { items: (await this.live(id)).map((session) => shown(session, order.personal)) }
      },
    })
    this.orders.register({
      name: 'end-sessions',
      body: z.strictObject({ account, sessionId: z.uuid().nullable().default(null) }),
      perform: async (order) => {
        const { id } = await accountNamed(this.accounts, order.account)
        return { ended: await this.end(id, order.sessionId) }
      },
    })
  }

  /** Each of them ends for itself, so that whoever orders it again ends the rest. */
  private async end(accountId: string, sessionId: string | null): Promise<number> {
    const ids = sessionId === null ? await this.sessions.idsNotEnded(accountId) : [sessionId]
    for (const id of ids) await this.ending.one(accountId, id, 'ended-elsewhere')
    return ids.length
  }

  private async live(accountId: string): Promise<Session[]> {
    const sessions = await this.sessions.findMany(await this.sessions.idsNotEnded(accountId))
    const now = this.clock.now()
    return sessions.filter((session) => isLive(session, now))
  }
}

const shown = ({ id, openedAt, lastSeenAt, sharedComputer, browser, country }: Session, personal: boolean) => ({
  id,
  openedAt,
  lastSeenAt,
  sharedComputer,
  ...(personal && { device: browser, place: country }),
})
