import { setTimeout as delay } from 'node:timers/promises'
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common'
import type { mongo } from 'mongoose'
import { Connection } from './mongo-connection.js'

export type Session = mongo.ClientSession

/** Nobody who lives leaves a transaction alone for so long. */
const ABANDONED_MS = 1_000
const LOOKS = 12
const WRITE_CONFLICT = 112
/** A commit costs as much as a few writes. */
const FEW = 10
/** A transaction holds on to all that it has changed until it ends. */
const MANY = 4_000

interface Waiting {
  lsid: { id: mongo.UUID }
  transaction: { timeInactiveMicros: number }
}

/**
 * Makes writes that could as well be made one by one. A transaction is one entry of MongoDB's log, which wakes the change streams of all
 * services once; each write alone wakes them again, and that costs more than the write.
 */
@Injectable()
export class Transactions implements OnApplicationBootstrap {
  private readonly logger = new Logger(Transactions.name)

  constructor(private readonly connection: Connection) {}

  /** Whether so many writes cost less together. */
  static suit(writes: number): boolean {
    return writes > FEW && writes <= MANY
  }

  /** Whoever starts again after a crash frees at once what it held. */
  async onApplicationBootstrap(): Promise<void> {
    await this.endAbandoned(1)
  }

  /** False where they were not made, or nobody knows: make them one by one, each guarded by what it changes. */
  async make(writes: (session: Session) => Promise<void>): Promise<boolean> {
    const session = await this.connection.startSession()
    try {
      session.startTransaction()
      await writes(session)
      await session.commitTransaction()
      return true
    } catch (error) {
      await session.abortTransaction().catch(() => undefined)
      if ((error as { code?: unknown }).code === WRITE_CONFLICT) await this.endAbandoned(LOOKS)
      return false
    } finally {
      await session.endSession()
    }
  }

  /** MongoDB locks for a minute what a process changed that died before its commit. One that lives is done before the last look. */
  private async endAbandoned(looks: number): Promise<void> {
    try {
      for (let look = 0; look < looks && (await this.isAnyLeft()); look++) await delay(ABANDONED_MS / (LOOKS - 2))
    } catch (error) {
      this.logger.warn({ err: error }, 'An abandoned transaction, if there is one, ends by itself within a minute')
    }
  }

  /** False when none of this service waits for its process any more. */
  private async isAnyLeft(): Promise<boolean> {
    const open = await this.open()
    const left = open.filter(({ transaction }) => transaction.timeInactiveMicros >= ABANDONED_MS * 1_000)
    if (left.length > 0) await this.admin.command({ killSessions: left.map(({ lsid: { id } }) => ({ id })) })
    return left.length < open.length
  }

  /** Transactions of this service that wait for their process. */
  private async open(): Promise<Waiting[]> {
    const { appName } = this.connection.getClient().options
    const ours = { type: 'idleSession', transaction: { $exists: true }, ...(appName && { appName }) }
    return this.admin
      .aggregate<Waiting>([{ $currentOp: { idleSessions: true, allUsers: false } }, { $match: ours }])
      .toArray()
  }

  private get admin() {
    return this.connection.getClient().db('admin')
  }
}
