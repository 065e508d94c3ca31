import { Connection } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import type { mongo } from 'mongoose'

/** Nobody who lives leaves a transaction alone for so long. */
const ABANDONED_MS = 2_000

/** Transactions of processes that died before their commit: MongoDB keeps what they changed locked for a minute, from every write. */
@Injectable()
export class AbandonedTransactions {
  constructor(private readonly connection: Connection) {}

  /** Ends those of this service that have waited for their process. */
  async end(): Promise<void> {
    const left = await this.left()
    if (left.length > 0) await this.admin.command({ killSessions: left.map(({ lsid: { id } }) => ({ id })) })
  }

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

  private get admin() {
    return this.connection.getClient().db('admin')
  }
}
