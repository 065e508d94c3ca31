import { identity } from '@mpics/contracts'
import { Clock, OperatorOrders } from '@mpics/service-kit'
import { Injectable, type OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import { AccountRepository } from '../accounts/account.repository.js'
import { JudgeLock } from '../locks/judge-lock.js'
import { LockAccount } from '../locks/lock-account.js'
import { accountNamed } from './account-named.js'
import { shownAccount } from './shown-account.js'

const account = z.string().max(64)
const why = z.string().min(1).max(300)

@Injectable()
export class LockOrders implements OnModuleInit {
  constructor(
    private readonly orders: OperatorOrders,
    private readonly accounts: AccountRepository,
    private readonly locking: LockAccount,
    private readonly judging: JudgeLock,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.orders.register({
      name: 'lock-account',
      body: z.strictObject({ account, reason: identity.lockReasons.strict, why }),
      perform: async (order, by) => {
        const { id } = await accountNamed(this.accounts, order.account)
        const note = noteOf(order.why, by)
        return this.shown(await this.locking.execute(id, { reason: order.reason, note, by: null }))
      },
    })
    this.orders.register({
      name: 'unlock-account',
      body: z.strictObject({ account, why }),
      perform: async (order, by) => {
        const { id } = await accountNamed(this.accounts, order.account)
        return this.shown(await this.judging.unlock(id, { note: noteOf(order.why, by), by: null }))
      },
    })
  }

  private shown(account: Parameters<typeof shownAccount>[0]): object {
    return shownAccount(account, this.clock.now(), false)
  }
}

/** An operator at the command line has no account, only a name. */
const noteOf = (why: string, by: string): string => `${why} (mpics: ${by})`
