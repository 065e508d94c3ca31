import { MINUTE_MS } from '@mpics/contracts/durations'
import { Clock, Rounds } from '@mpics/service-kit'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'

const PAUSE_MS = 10 * MINUTE_MS

/** B51: keeps no address that is over. Nothing else depends on it, since every use looks at the times. */
@Injectable()
export class ForgetEmailChanges implements OnApplicationBootstrap {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly clock: Clock,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    const failed = 'changes of addresses that are over are kept for longer'
    this.rounds.begin({ everyMs: PAUSE_MS, failed, work: () => this.execute() })
  }

  async execute(): Promise<void> {
    await this.accounts.forgetEmailChanges(this.clock.now())
  }
}
