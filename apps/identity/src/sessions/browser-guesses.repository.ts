import { changeAtLeastOnce, Connection } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import type { mongo } from 'mongoose'
import { LOGIN_BACKOFF } from '../attempts/backoff-schedule.js'
import { AT_ANY_TIME, forgetAt, noFewer, oneMore } from '../attempts/one-more.js'
import { NEWEST_FIRST, SESSIONS } from './session.repository.js'
import type { Guesses } from './session.js'

interface Stored {
  _id: string
  openedAt: Date
  guesses?: Guesses | null
}

export interface CountingSession {
  id: string
  openedAt: Date
  knownBrowserHash: string
  countedAt: Date
  /** The guess is the so-many-th in a row. */
  count: number
}

/** Counts guesses of a known browser in the session that it opened last: the look that recognises it is the write that counts. */
@Injectable()
export class BrowserGuessesRepository {
  constructor(private readonly connection: Connection) {}

  /**
   * Null where the account has no session of this browser; `notBefore` where the guess is refused. The count waits for no
   * majority: `keep` does, before anybody hears that a guess was wrong.
   */
  async admit(
    accountId: string,
    knownBrowserHash: string,
    now: Date,
  ): Promise<{ session: CountingSession; notBefore?: Date } | null> {
    const refused = { $gt: ['$guesses.notBefore', now] }
    const admitted = { $cond: [refused, '$guesses', oneMore('$guesses.', LOGIN_BACKOFF, now)] }
    const found = await this.change({ accountId, knownBrowserHash }, admitted)
    if (!found) return null
    const { _id: id, openedAt, guesses } = found
    const notBefore = guesses?.notBefore
    const count = guesses && guesses.forgetAt > now ? guesses.count + 1 : 1
    return {
      session: { id, openedAt, knownBrowserHash, countedAt: now, count },
      ...(notBefore && notBefore > now && { notBefore }),
    }
  }

  /** Waits until a majority has the count. A primary that stepped down may have taken it along, and that of others: they count again. */
  async keep({ id, countedAt, count }: CountingSession): Promise<void> {
    const since = forgetAt(countedAt)
    const isThere = { $and: [{ $gte: ['$guesses.forgetAt', since] }, { $gte: ['$guesses.count', count] }] }
    const guesses = { $cond: [isThere, '$guesses', noFewer('$guesses.', LOGIN_BACKOFF, countedAt, count)] }
    await this.stored.updateOne({ _id: id }, [{ $set: { guesses } }])
  }

  /** Undoes one admission, with the delay that it may have caused. */
  async withdraw(sessionId: string): Promise<void> {
    await this.stored.updateOne(
      { _id: sessionId, 'guesses.count': { $gt: 0 } },
      { $inc: { 'guesses.count': -1 }, $set: { 'guesses.notBefore': AT_ANY_TIME } },
    )
  }

  /** Does not wait for a majority: a count that comes back after a failover is one attempt too many, and the next success ends it. */
  async forgetSoon(sessionId: string): Promise<void> {
    await this.stored.updateOne({ _id: sessionId }, { $set: { guesses: null } }, { writeConcern: { w: 1 } })
  }

  private change(filter: Record<string, string>, guesses: object): Promise<Stored | null> {
    const projection = { openedAt: 1, guesses: 1 } as const
    const found = { collection: SESSIONS, filter, sort: NEWEST_FIRST, projection }
    return changeAtLeastOnce<Stored>(this.connection.db!, { ...found, change: [{ $set: { guesses } }] })
  }

  private get stored(): mongo.Collection<Stored> {
    return this.connection.db!.collection<Stored>(SESSIONS)
  }
}
