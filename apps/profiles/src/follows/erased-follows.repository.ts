import { Connection, type Erasure } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { TallyRepository } from './tally.repository.js'

interface Pair {
  _id: string
  followerId: string
  followedId: string
}

/** As many as one transaction may well change. */
const AT_ONCE = 1_000
/** Deleting a document must not lose its unpublished events. */
const PUBLISHED = { '_outbox.0': { $exists: false } }

/** Takes the follows of an account away. The transaction that does so forgets the counts of the others. */
@Injectable()
export class ErasedFollowsRepository {
  constructor(
    private readonly connection: Connection,
    private readonly tallies: TallyRepository,
  ) {}

  async erase(accountId: string): Promise<Erasure> {
    const ofAccount = { $or: [{ followerId: accountId }, { followedId: accountId }] }
    const options = { projection: { followerId: 1, followedId: 1 }, limit: AT_ONCE }
    for (let erased = 0; ;) {
      const pairs = await this.follows.find({ ...ofAccount, ...PUBLISHED }, options).toArray()
      if (pairs.length === 0) return { erased, waiting: await this.follows.countDocuments(ofAccount) }
      erased += await this.delete(pairs)
    }
  }

  private delete(pairs: readonly Pair[]): Promise<number> {
    const chosen = { _id: { $in: pairs.map(({ _id }) => _id) }, ...PUBLISHED }
    const ends = new Set(pairs.flatMap(({ followerId, followedId }) => [followerId, followedId]))
    return this.connection.transaction(async (session) => {
      const { deletedCount } = await this.follows.deleteMany(chosen, { session })
      await this.tallies.forget([...ends], session)
      return deletedCount
    })
  }

  private get follows() {
    return this.connection.db!.collection<Pair>('follows')
  }
}
