import { failPoint } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { EndSessions } from '../sessions/end-sessions.js'
import { advanceRecovery } from './factor-recovery.js'

const PAUSE_MS = 30_000
const BATCH = 50

/** Tells daily of removals of factors, and does those whose delay is over. Replicas may do it at once. */
@Injectable()
export class AdvanceRecoveries implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('FactorRecoveries')
  private timer?: NodeJS.Timeout
  private stopped = false
  private round: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly accounts: AccountRepository,
    private readonly ending: EndSessions,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.wait()
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true
    clearTimeout(this.timer)
    await this.round
  }

  /** Resolves once nothing is due. */
  async advanceAll(): Promise<void> {
    for (let ids = await this.due(); ids.length > 0 && !this.stopped; ids = await this.due())
      for (const id of ids) await this.advance(id)
  }

  private wait(): void {
    if (this.stopped) return
    const look = () => {
      const refused = (err: unknown) => this.logger.warn({ err }, 'removals of factors have to wait')
      this.round = this.advanceAll()
        .catch(refused)
        .then(() => this.wait())
    }
    this.timer = setTimeout(look, PAUSE_MS).unref()
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
