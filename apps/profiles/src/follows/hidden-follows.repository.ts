import { Connection } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import type { Standing } from '@mpics/rights'
import { followId } from './follow.js'

type End = 'follower' | 'followed'

interface Marked {
  _id: string
  followerId: string
  followedId: string
  active: boolean
  /** Of its two ends; absent where others always could see them. */
  standing?: Partial<Record<End, Standing>>
}

const AT_ONCE = 500
const OTHER = { follower: 'followed', followed: 'follower' } as const
const HIDDEN_FOLLOWERS = { 'standing.follower.hidden': true }
const HIDDEN_FOLLOWED = { 'standing.followed.hidden': true }

/** Marks, beside the versioned state of a follow, that one of its ends is hidden, so that counts can leave it out. */
@Injectable()
export class HiddenFollowsRepository {
  constructor(private readonly connection: Connection) {}

  /** The follows of an account, some at a time: the accounts at their other ends. `anew` also corrects marks that claim to be later. */
  async *mark(accountId: string, standing: Standing, anew = false): AsyncGenerator<string[]> {
    for (const end of ['follower', 'followed'] as const) {
      const pairs = this.follows.find({ [`${end}Id`]: accountId }, { projection: { [`${OTHER[end]}Id`]: 1 } })
      for await (const batch of batches(pairs.batchSize(AT_ONCE))) {
        await this.set({ _id: { $in: batch.map(({ _id }) => _id) } }, end, standing, anew)
        yield batch.map((pair) => pair[`${OTHER[end]}Id`])
      }
    }
  }

  /** One follow, as what is known of its ends says. */
  async markOne(followerId: string, followedId: string, standings: ReadonlyMap<string, Standing>): Promise<void> {
    const pair = { _id: followId(followerId, followedId) }
    const [follower, followed] = [standings.get(followerId), standings.get(followedId)]
    if (follower) await this.set(pair, 'follower', follower)
    if (followed) await this.set(pair, 'followed', followed)
  }

  /** The accounts that a follow says are hidden. */
  async hiddenAmong(ids: readonly string[]): Promise<string[]> {
    const wanted = { $in: [...ids] }
    const [followers, followed] = await Promise.all([
      this.follows.distinct('followerId', { followerId: wanted, ...HIDDEN_FOLLOWERS }),
      this.follows.distinct('followedId', { followedId: wanted, ...HIDDEN_FOLLOWED }),
    ])
    return [...followers, ...followed]
  }

  /** How many active follows have a hidden account at their other end. From indexes that hold no others. */
  async counts(id: string): Promise<{ followers: number; following: number }> {
    const options = { readConcern: { level: 'majority' } } as const
    const [followers, following] = await Promise.all([
      this.follows.countDocuments({ followedId: id, active: true, ...HIDDEN_FOLLOWERS }, options),
      this.follows.countDocuments({ followerId: id, active: true, ...HIDDEN_FOLLOWED }, options),
    ])
    return { followers, following }
  }

  private async set(which: object, end: End, standing: Standing, anew = false): Promise<void> {
    const at = `standing.${end}`
    const sequence = `${at}.sequence`
    const older = anew
      ? [{ [sequence]: { $ne: standing.sequence } }, { [`${at}.hidden`]: { $ne: standing.hidden } }]
      : [{ [sequence]: { $lt: standing.sequence } }, { [at]: { $exists: false } }]
    await this.follows.updateMany({ ...which, $or: older }, { $set: { [at]: standing } })
  }

  private get follows() {
    return this.connection.db!.collection<Marked>('follows')
  }
}

async function* batches(pairs: AsyncIterable<Marked>): AsyncGenerator<Marked[]> {
  let batch: Marked[] = []
  for await (const pair of pairs) {
    batch.push(pair)
    if (batch.length < AT_ONCE) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
