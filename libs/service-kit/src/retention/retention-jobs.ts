import { MINUTE_MS } from '@mpics/contracts/durations'
import { type DataEntry, nameOfStore } from '@mpics/mongo'
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common'
import { z } from 'zod'
import { Metrics } from '../operators/metrics.js'
import { OperatorOrders } from '../operators/operator-orders.js'
import { Rounds } from '../rounds.js'
import { Retention } from './retention.js'

const EVERY_MS = 10 * MINUTE_MS

/** Runs the job of each entry that no index keeps young, in each replica: removing twice is as good as once. */
@Injectable()
export class RetentionJobs implements OnApplicationBootstrap {
  private readonly logger = new Logger('Retention')

  constructor(
    private readonly retention: Retention,
    private readonly rounds: Rounds,
    private readonly orders: OperatorOrders,
    private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    const failed = 'what is too old is kept for longer'
    for (const entry of this.retention.jobs())
      this.rounds.begin({ everyMs: EVERY_MS, failed, work: (stopping) => this.run(entry, stopping) })
    this.showAges()
    const body = z.strictObject({ dryRun: z.boolean() })
    this.orders.register({ name: 'keep-retention', body, perform: ({ dryRun }) => this.perform(dryRun) })
  }

  private async perform(dryRun: boolean): Promise<object> {
    if (!dryRun) for (const entry of this.retention.jobs()) await this.run(entry, new AbortController().signal)
    return { items: await this.retention.list() }
  }

  private async run(entry: DataEntry, stopping: AbortSignal): Promise<void> {
    const purged = await entry.removeOverAge!(stopping)
    if (purged > 0) this.logger.log({ entry: nameOfStore(entry.store), purged }, 'removed what was too old')
  }

  private showAges(): void {
    const limits = this.retention.limits()
    if (limits.size === 0) return
    const [limit, oldest] = ['mpics_retention_limit_seconds', 'mpics_retention_oldest_seconds']
    this.metrics.gauges(limit, 'How old a record of the entry may become.', 'entry', () => Promise.resolve(limits))
    this.metrics.gauges(oldest, 'How old the oldest record of the entry is.', 'entry', () => this.retention.oldest())
  }
}
