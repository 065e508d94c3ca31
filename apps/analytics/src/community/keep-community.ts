import { randomUUID } from 'node:crypto'
import { Lease } from '@mpics/eventing'
import { Connection } from '@mpics/mongo'
import { Clock, Rounds } from '@mpics/service-kit'
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { firstOpenDay } from '../page-days/day.js'
import { CountDays } from './count-days.js'
import { TellDays } from './tell-days.js'

const PAUSE_MS = 5_000
const LEASE_MS = 20_000

/** One replica at a time counts days and tells of them. Two at once would do the same work, and no harm. */
@Injectable()
export class KeepCommunity implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly lease: Lease
  /** Of what this replica has told, while it holds the lease. */
  private toldUntil = ''

  constructor(
    private readonly countDays: CountDays,
    private readonly tellDays: TellDays,
    private readonly clock: Clock,
    private readonly rounds: Rounds,
    connection: Connection,
  ) {
    this.lease = new Lease(connection, 'community', randomUUID(), LEASE_MS)
  }

  onApplicationBootstrap(): void {
    const failed = 'days of the community have to wait to be counted'
    this.rounds.begin({ everyMs: PAUSE_MS, failed, work: () => this.execute() })
  }

  async onApplicationShutdown(): Promise<void> {
    await this.lease.release().catch(() => undefined)
  }

  async execute(): Promise<void> {
    if ((await this.lease.tryHold()) === 'refused') {
      this.toldUntil = ''
      return
    }
    const counted = await this.countDays.execute()
    const until = firstOpenDay(this.clock.now())
    if (until === this.toldUntil && counted.every((day) => day >= until)) return
    this.toldUntil = ''
    await this.tellDays.execute()
    this.toldUntil = until
  }
}
