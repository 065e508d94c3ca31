import { ConcurrentChangeError, Connection, isDuplicateKey, isMongoOutage, type Session } from '@mpics/mongo'
import { Injectable, Logger } from '@nestjs/common'
import { failPoint } from './fail-point.js'
import { EventingMetrics } from './metrics.js'
import { wordsOf } from './words-of.js'

const WRITE_CONFLICT = 112
/** A commit costs as much as a few writes. */
const FEW = 10
/** A transaction holds on to all that it has changed until it ends. */
const MANY = 4_000
/** Longer than anybody waits who tries again what failed. */
const APART_MS = 60_000

/**
 * Makes writes that could as well be made one by one. A transaction is one entry of MongoDB's log, which wakes the change streams of all
 * services once; each write alone wakes them again, and that costs more than the write. `TransactionsModule` of service-kit provides it.
 */
@Injectable()
export class Transactions {
  private readonly logger = new Logger(Transactions.name)
  /** After an outage: the transaction itself may have been too long for MongoDB's time, and would be again. */
  private apartUntil = 0

  constructor(
    private readonly connection: Connection,
    private readonly metrics: EventingMetrics,
  ) {}

  /** Whether so many writes cost less together. */
  static suit(writes: number): boolean {
    return writes > FEW && writes <= MANY
  }

  /**
   * False where they were not made, or nobody knows: make them one by one, each guarded by what it changes. Throws while MongoDB is away,
   * as nobody need wait for that twice; those of the next minute are to be made one by one then.
   */
  async make(writes: (session: Session) => Promise<void>): Promise<boolean> {
    if (performance.now() < this.apartUntil) return false
    const session = await this.connection.startSession()
    try {
      await this.commit(session, writes)
      return true
    } catch (error) {
      this.tell(error)
      if (isMongoOutage(error)) {
        this.apartUntil = performance.now() + APART_MS
        throw error
      }
      await this.giveUp(session)
      return false
    } finally {
      // asks MongoDB only where a transaction is still open, while it is away
      void session.endSession().catch(() => undefined)
    }
  }

  private async commit(session: Session, writes: (session: Session) => Promise<void>): Promise<void> {
    session.startTransaction()
    await writes(session)
    await failPoint('transaction.beforeCommit')
    await session.commitTransaction()
    this.metrics.transactions.inc({ outcome: 'committed' })
    await failPoint('transaction.afterCommit')
  }

  /** The driver aborts none that it has tried to commit, and its locks would be in the way. */
  private async giveUp(session: Session): Promise<void> {
    if (session.inTransaction()) await session.abortTransaction()
    else await this.connection.db!.admin().command({ killSessions: [session.id] })
  }

  private tell(error: unknown): void {
    const outcome = isConflict(error) ? 'conflicted' : 'failed'
    this.metrics.transactions.inc({ outcome })
    if (outcome === 'failed')
      this.logger.warn(`A transaction failed, whose writes may be made one by one: ${wordsOf(error)}`)
  }
}

function isConflict(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return error instanceof ConcurrentChangeError || code === WRITE_CONFLICT || isDuplicateKey(error)
}
