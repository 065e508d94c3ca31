import { failPoint } from '@mpics/eventing'
import { Clock, Rounds } from '@mpics/service-kit'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { EndSessions } from '../sessions/end-sessions.js'
import { advanceRecovery } from './factor-recovery.js'

const PAUSE_MS = 30_000
const BATCH = 50

/** Tells daily of removals of factors, and does those whose delay is over. Replicas may do it at once. */
@Injectable()
export class AdvanceRecoveries implements OnApplicationBootstrap {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly ending: EndSessions,
    private readonly clock: Clock,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    const failed = 'removals of factors have to wait'
    this.rounds.begin({ everyMs: PAUSE_MS, failed, work: (stopping) => this.advanceAll(stopping) })
  }

  /** Resolves once nothing is due. */
  async advanceAll(stopping?: AbortSignal): Promise<void> {
    for (let ids = await this.due(); ids.length > 0 && !stopping?.aborted; ids = await this.due())
      for (const id of ids) await this.advance(id)
  }

  private due(): Promise<string[]> {
    return this.accounts.idsOfDueRecoveries(this.clock.now(), BATCH)
  }

  private async advance(id: string): Promise<void> {
    const { factors } = await this.accounts.change(id, (account) => advanceRecovery(account, this.clock.now()))
    await failPoint('factor-recovery.afterSave')
    if (!factors.recovery) await this.ending.unproven(id)
  }
}
