import { randomUUID } from 'node:crypto'
import { Lease } from '@mpics/eventing'
import { Connection } from '@mpics/mongo'
import { Rounds } from '@mpics/service-kit'
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common'
import { DueAccounts } from '../closures/due-accounts.js'
import { BeginErasure } from './begin-erasure.js'
import { ForgetAddresses } from './forget-addresses.js'

const EVERY_MS = 5_000
const LEASE_MS = 30_000
const BATCH = 50

/** One replica at a time begins what is due, some accounts after the other. */
@Injectable()
export class EraseDueAccounts implements OnApplicationBootstrap {
  private readonly logger = new Logger('EraseDueAccounts')
  private readonly lease: Lease

  constructor(
    connection: Connection,
    private readonly due: DueAccounts,
    private readonly beginErasure: BeginErasure,
    private readonly forgetAddresses: ForgetAddresses,
    private readonly rounds: Rounds,
  ) {
    this.lease = new Lease(connection, 'erasures', randomUUID(), LEASE_MS)
  }

  onApplicationBootstrap(): void {
    const failed = 'accounts wait for their erasure'
    this.rounds.begin({ everyMs: EVERY_MS, failed, work: (stopping) => this.eraseAll(stopping) })
  }

  /** Resolves to how many were begun. One that fails keeps no other from its erasure. */
  async execute(stopping?: AbortSignal): Promise<number> {
    if ((await this.lease.tryHold()) === 'refused') return 0
    await this.forgetAddresses.execute()
    let begun = 0
    for (const id of await this.due.list(BATCH)) {
      if (stopping?.aborted || !this.lease.held) break
      await this.beginErasure.execute(id).then(
        () => begun++,
        (err: unknown) => this.logger.warn({ err }, 'an account waits for its erasure'),
      )
    }
    return begun
  }

  private async eraseAll(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted && (await this.execute(stopping)) === BATCH);
  }
}
