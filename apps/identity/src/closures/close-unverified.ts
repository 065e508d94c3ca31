import { unchanged } from '@mpics/contracts'
import { Clock, Rounds } from '@mpics/service-kit'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { isOverdue } from '../accounts/account-status.js'
import type { Account } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { EndSessions } from '../sessions/end-sessions.js'
import { closeAccount } from './closure.js'
import { DueAccounts, unverifiedBy } from './due-accounts.js'

const EVERY_MS = 60_000
const BATCH = 100

/** Closes accounts whose address nobody proved in time, so that the other services hear of it. Each replica does: twice is as good as once. */
@Injectable()
export class CloseUnverified implements OnApplicationBootstrap {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly endSessions: EndSessions,
    private readonly due: DueAccounts,
    private readonly clock: Clock,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    const failed = 'unverified accounts have to wait'
    this.rounds.begin({ everyMs: EVERY_MS, failed, work: (stopping) => this.closeAll(stopping) })
  }

  /** Resolves to how many it closed. */
  async execute(): Promise<number> {
    if (await this.due.mayBeOutdated()) return 0
    const now = this.clock.now()
    const ids = await this.accounts.idsWhere([{ ...unverifiedBy(now), closure: null, lock: null }], BATCH)
    const closed = (account: Account) =>
      isOverdue(account, now) && !account.lock ? closeAccount(account, now) : unchanged(account)
    await this.accounts.changeMany(ids, closed)
    for (const id of ids) await this.endSessions.unproven(id)
    return ids.length
  }

  private async closeAll(stopping: AbortSignal): Promise<void> {
    while ((await this.execute()) === BATCH && !stopping.aborted);
  }
}
