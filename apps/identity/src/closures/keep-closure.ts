import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Closure } from '../accounts/account-life.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { RetiredHandles } from '../retired-handles/retired-handles.repository.js'
import { closeAgain, restoreAgain } from './closure.js'

/** What people decided in time that a restore has lost. An account that came in that time is lost as well. */
@Injectable()
export class KeepClosure {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly handles: RetiredHandles,
    private readonly clock: Clock,
  ) {}

  async close(accountId: string, closure: Closure): Promise<void> {
    const account = await this.accounts.find(accountId)
    if (!account) return
    await this.handles.retire(account)
    await this.accounts.change(accountId, (current) => closeAgain(current, closure, this.clock.now()))
  }

  async restore(accountId: string, decidedAt: Date): Promise<void> {
    if (await this.accounts.find(accountId))
      await this.accounts.change(accountId, (account) => restoreAgain(account, decidedAt))
  }
}
