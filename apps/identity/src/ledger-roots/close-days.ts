import { randomUUID } from 'node:crypto'
import { Lease } from '@mpics/eventing'
import { Connection } from '@mpics/mongo'
import { Clock, Rounds } from '@mpics/service-kit'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { CloseDay } from './close-day.js'
import { lastClosableDay } from './ledger-root.js'

/** Longer than a day takes; whoever dies with it is followed after this time. */
const LEASE_MS = 120_000

/** Closes the days that have ended, oldest first; one replica at a time. */
@Injectable()
export class CloseDays implements OnApplicationBootstrap {
  private readonly lease: Lease

  constructor(
    connection: Connection,
    private readonly closing: CloseDay,
    private readonly rounds: Rounds,
    private readonly clock: Clock,
  ) {
    this.lease = new Lease(connection, 'ledger-roots', randomUUID(), LEASE_MS)
  }

  onApplicationBootstrap(): void {
    const failed = 'roots of the ledgers have to wait'
    this.rounds.begin({ everyMs: 60_000, failed, work: (stopping) => this.closeAll(stopping) })
  }

  /** Resolves once every day that has ended is closed, or another replica does it. */
  async closeAll(stopping?: AbortSignal): Promise<void> {
    while (!stopping?.aborted && (await this.lease.tryHold()) !== 'refused')
      if ((await this.closing.execute(lastClosableDay(this.clock.now()))) === undefined) return
  }
}
