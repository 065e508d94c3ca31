import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { LockReason } from '../accounts/account-life.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { unlockAgain } from './lock.js'
import { LockAccount } from './lock-account.js'

interface Told {
  accountId: string
  reason: LockReason
}

/** Who did it is lost. */
const AGAIN = { by: null, note: 'before a restore' }

/** What staff decided in time that a restore has lost. An account that came in that time is lost as well. */
@Injectable()
export class KeepLock {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly locking: LockAccount,
    private readonly clock: Clock,
  ) {}

  /** An objection may be lost, too: its owner has the whole time for it again, and is told. */
  async lock({ accountId, reason, lockId }: Told & { lockId: string }, decidedAt: Date): Promise<void> {
    if (await this.accounts.find(accountId))
      await this.locking.execute(accountId, { ...AGAIN, reason, again: { id: lockId, decidedAt } })
  }

  async unlock({ accountId, reason }: Told, decidedAt: Date): Promise<void> {
    const unlock = { ...AGAIN, at: this.clock.now() }
    if (await this.accounts.find(accountId))
      await this.accounts.change(accountId, (account) => unlockAgain(account, { reason, decidedAt }, unlock))
  }
}
