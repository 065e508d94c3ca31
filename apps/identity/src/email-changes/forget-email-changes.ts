import { Clock } from '@mpics/service-kit'
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'

const PAUSE_MS = 10 * 60_000

/** B51: keeps no address that is over. Nothing else depends on it, since every use looks at the times. */
@Injectable()
export class ForgetEmailChanges implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('EmailChanges')
  private timer?: NodeJS.Timeout
  private round = Promise.resolve()

  constructor(
    private readonly accounts: AccountRepository,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void (this.round = this.execute()), PAUSE_MS).unref()
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer)
    await this.round
  }

  async execute(): Promise<void> {
    await this.accounts
      .forgetEmailChanges(this.clock.now())
      .catch((err: unknown) => this.logger.warn({ err }, 'changes of addresses that are over are kept for longer'))
  }
}
