import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common'
import type { mongo } from 'mongoose'
import { Connection } from './mongo-connection.js'
import { isMongoOutage } from './outage.js'

const LOOK_MS = 2_000
/** Nobody who lives leaves a transaction alone for so long. */
const ABANDONED_MS = 2_000

/**
 * Ends transactions of processes that died before their commit: MongoDB keeps what they changed locked for a minute, from every write. Each
 * replica that makes transactions looks for those of its service.
 */
@Injectable()
export class AbandonedTransactions implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(AbandonedTransactions.name)
  private timer?: NodeJS.Timeout
  private isOver = false
  private failures = 0

  constructor(private readonly connection: Connection) {}

  onApplicationBootstrap(): void {
    void this.look()
  }

  onModuleDestroy(): void {
    this.isOver = true
    clearTimeout(this.timer)
  }

  private async look(): Promise<void> {
    await this.endAll().then(
      () => (this.failures = 0),
      (error: unknown) => this.failed(error),
    )
    if (!this.isOver) this.timer = setTimeout(() => void this.look(), LOOK_MS).unref()
  }

  private async endAll(): Promise<void> {
    const left = await this.left()
    if (left.length > 0) await this.admin.command({ killSessions: left.map(({ lsid: { id } }) => ({ id })) })
  }

  /** Transactions of this service that have waited for their process. */
  private left(): Promise<{ lsid: { id: mongo.UUID } }[]> {
    const { appName } = this.connection.getClient().options
    const idleMicros = { $gte: ABANDONED_MS * 1_000 }
    const ours = { type: 'idleSession', 'transaction.timeInactiveMicros': idleMicros, ...(appName && { appName }) }
    return this.admin
      .aggregate<{ lsid: { id: mongo.UUID } }>([
        { $currentOp: { idleSessions: true, allUsers: false } },
        { $match: ours },
      ])
      .toArray()
  }

  private failed(err: unknown): void {
    if (!this.isOver && !isMongoOutage(err) && this.failures++ === 0)
      this.logger.warn({ err }, 'An abandoned transaction, if there is one, ends by itself within a minute')
  }

  private get admin() {
    return this.connection.getClient().db('admin')
  }
}
