import { DAY_MS, MINUTE_MS } from '@mpics/contracts/durations'
import { EventingState } from '@mpics/eventing'
import { Restores } from '@mpics/mongo'
import { Clock, Metrics } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { UNVERIFIED_LIFE_MS } from '../accounts/account-status.js'
import { AccountRepository } from '../accounts/account.repository.js'

/**
 * A registration that began while the handle was not retired has ended by then, and so has a request of the account's own; clocks of
 * other replicas may differ.
 */
const MARGIN_MS = 5 * MINUTE_MS
const HEARING_SECONDS = 15 * 60
const BACKUP_LIFE_MS = 28 * DAY_MS

/** The accounts that wait for their erasure, found by indexes. */
@Injectable()
export class DueAccounts {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly clock: Clock,
    private readonly restores: Restores,
    private readonly eventing: EventingState,
    metrics: Metrics,
  ) {
    metrics.gauge('identity_accounts_due', 'Accounts that wait for their erasure', () => this.count())
  }

  /** At most `most` accounts that may be erased by now, and whose erasure has not begun. */
  async list(most: number): Promise<string[]> {
    return (await this.mayBeOutdated()) ? [] : this.due(most)
  }

  count(): Promise<number> {
    return this.accounts.countWhere(dueBy(this.clock.now()))
  }

  /** How many have waited for so long without a beginning. */
  countWaiting(ms: number): Promise<number> {
    return this.accounts.countWhere(unbegun(this.before(ms)))
  }

  private due(most: number): Promise<string[]> {
    return this.accounts.idsWhere(unbegun(this.before(MARGIN_MS)), most)
  }

  /**
   * A restored database has accounts again that were erased since, or closed and opened, or proved. The service hears of it first, of all
   * that there is to hear.
   */
  async mayBeOutdated(): Promise<boolean> {
    if (!this.restores.isBefore(this.before(BACKUP_LIFE_MS))) return false
    return process.uptime() < HEARING_SECONDS || !(await this.eventing.hasHeardAll())
  }

  private before(ms: number): Date {
    return new Date(this.clock.now().getTime() - ms)
  }
}

const dueBy = (now: Date) => [{ 'closure.erasesAt': { $lte: now } }, { 'lock.dueAt': { $lte: now } }, unverifiedBy(now)]

const unbegun = (now: Date) => dueBy(now).map((due) => ({ ...due, erasure: null }))

export const unverifiedBy = (now: Date) => ({
  emailVerifiedAt: null,
  registeredAt: { $lte: new Date(now.getTime() - UNVERIFIED_LIFE_MS) },
})
