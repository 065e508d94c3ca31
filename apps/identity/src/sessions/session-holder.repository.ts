import { Connection } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import type { mongo } from 'mongoose'
import type { Account } from '../accounts/account.js'
import { completeAccount } from '../accounts/complete-account.js'
import { liveAt } from './session.repository.js'

type Found = Omit<Account, 'id'> & { _id: string; surplus: { _id: string }[] }

const HIDDEN = { _outbox: 0, _tombstoneAt: 0, version: 0 } as const
const LAST_SEEN_FIRST = { lastSeenAt: -1, _id: -1 } as const

/** Reads an account, and its sessions beyond a limit, in one command. */
@Injectable()
export class SessionHolderRepository {
  private readonly accounts: mongo.Collection<Found>

  constructor(connection: Connection) {
    this.accounts = connection.db!.collection<Found>('accounts')
  }

  /** The surplus leaves out the live sessions that were seen last. */
  async find(accountId: string, max: number, now: Date): Promise<{ account: Account | null; surplus: string[] }> {
    const beyond = [{ $match: liveAt(accountId, now) }, { $sort: LAST_SEEN_FIRST }, { $skip: max }]
    const pipeline = [...beyond, { $project: { _id: 1 } }]
    const stages = [
      { $match: { _id: accountId } },
      { $project: HIDDEN },
      { $lookup: { from: 'sessions', pipeline, as: 'surplus' } },
    ]
    const [found] = await this.accounts.aggregate<Found>(stages).toArray()
    if (!found) return { account: null, surplus: [] }
    const { _id: id, surplus, ...stored } = found
    return { account: completeAccount({ id, ...stored }), surplus: surplus.map((session) => session._id) }
  }
}
