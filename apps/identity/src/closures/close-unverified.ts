import { unchanged } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { isOverdue } from '../accounts/account-status.js'
import type { Account } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { EndSessions } from '../sessions/end-sessions.js'
import { closeAccount } from './closure.js'
import { unverifiedBy } from './due-accounts.js'

const EVERY_MS = 60_000
const BATCH = 100

/** Closes accounts whose address nobody proved in time, so that the other services hear of it. Each replica does: twice is as good as once. */
@Injectable()
export class CloseUnverified implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('CloseUnverified')
  private timer?: NodeJS.Timeout
  private running = false

  constructor(
    private readonly accounts: AccountRepository,
    private readonly endSessions: EndSessions,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.run(), EVERY_MS).unref()
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer)
  }

  /** Resolves to how many it closed. */
  async execute(): Promise<number> {
    const now = this.clock.now()
    const ids = await this.accounts.idsWhere([{ ...unverifiedBy(now), closure: null, lock: null }], BATCH)
    const closed = (account: Account) =>
      isOverdue(account, now) && !account.lock ? closeAccount(account, now) : unchanged(account)
    await this.accounts.changeMany(ids, closed)
    for (const id of ids) await this.endSessions.unproven(id)
    return ids.length
  }

  private async run(): Promise<void> {
    if (this.running) return
    this.running = true
    try {
      while ((await this.execute()) === BATCH);
    } catch (err) {
      this.logger.warn({ err }, 'unverified accounts have to wait')
    } finally {
      this.running = false
    }
  }
}
