import { Lease } from '@mpics/eventing'
import { Connection } from '@mpics/mongo'
import { Ids } from '@mpics/service-kit'
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common'
import { CloseHours } from './close-hours.js'
import { CountOpenHours } from './count-open-hours.js'

const PAUSE_MS = 5_000
const LEASE_MS = 20_000

/** One replica at a time counts hours. Two at once would do the same work, and no harm: what was closed later stays. */
@Injectable()
export class KeepHours implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('KeepHours')
  private readonly lease: Lease
  private timer?: NodeJS.Timeout
  private round: Promise<void> = Promise.resolve()
  private isEnding = false

  constructor(
    private readonly open: CountOpenHours,
    private readonly closing: CloseHours,
    connection: Connection,
    ids: Ids,
  ) {
    this.lease = new Lease(connection, 'hours', ids.random(), LEASE_MS)
  }

  onApplicationBootstrap(): void {
    this.next()
  }

  /** Kafka is still asked in the last round. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isEnding = true
    clearTimeout(this.timer)
    await this.round.catch(() => undefined)
    await this.lease.release().catch(() => undefined)
  }

  /** Counts what has come, and closes what is due, one round after the other. */
  execute(): Promise<void> {
    const round = this.round.catch(() => undefined).then(() => this.once())
    this.round = round
    return round
  }

  private async once(): Promise<void> {
    if (!(await this.mayGoOn())) return this.open.forget()
    await this.open.execute()
    while ((await this.closing.execute(() => this.mayGoOn())) > 0);
  }

  private async mayGoOn(): Promise<boolean> {
    return !this.isEnding && (await this.lease.tryHold()) !== 'refused'
  }

  private next(): void {
    if (this.isEnding) return
    this.timer = setTimeout(() => {
      void this.execute()
        .catch((err: unknown) => this.logger.warn({ err }, 'hours have to wait to be counted'))
        .finally(() => this.next())
    }, PAUSE_MS).unref()
  }
}
