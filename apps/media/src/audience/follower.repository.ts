import { ProjectionStore } from '@mpics/eventing'
import { about, Connection, deleteInSlices, type Erasure, keptUntil, PersonalData } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import mongoose, { type Model } from 'mongoose'

interface FollowProjection {
  _id: string
  /** Absent in documents of an earlier release, until the projection is rebuilt. */
  followedId?: string
  following: boolean
  sequence: number
}

export const followProjectionId = (followerId: string, followedId: string) => `${followerId}:${followedId}`

const fields = {
  _id: about.identifier('community', 'both accounts, the follower first'),
  followedId: about.identifier('community'),
  following: about.personal('community'),
  sequence: about.technical('delivery'),
}

/** A new follower may wait for more; one who is none any more waits for nobody. */
const lingerMs = ({ following }: Readonly<Record<string, unknown>>) => (following === true ? 100 : 0)

/** A projection of who follows whom. An ended follow stays, so that a late `started` does not bring it back. */
@Injectable()
export class FollowerRepository {
  readonly store: ProjectionStore
  private readonly follows: Model<FollowProjection>

  constructor(connection: Connection, personalData: PersonalData) {
    const schema = new mongoose.Schema<FollowProjection>(
      { _id: String, followedId: String, following: Boolean, sequence: Number },
      { versionKey: false },
    )
    schema.index({ followedId: 1 }, { name: 'followed' })
    this.follows = connection.model<FollowProjection>('follows', schema, 'follows')
    this.store = new ProjectionStore(this.follows, { lingerMs })
    personalData.register({
      store: { collection: 'follows' },
      subject: 'the two accounts that `_id` names, the follower first',
      purpose: 'community',
      ...keptUntil('one of the two accounts is erased'),
      fields,
      erase: (accountId) => this.erase(accountId),
      export: (accountId) => this.export(accountId),
    })
  }

  async note(followerId: string, followedId: string, following: boolean, sequence?: number): Promise<void> {
    await this.store.apply(followProjectionId(followerId, followedId), sequence, { followedId, following })
  }

  async followedAmong(followerId: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set()
    const pairs = ids.map((id) => followProjectionId(followerId, id))
    const found = this.follows.collection.find({ _id: { $in: pairs }, following: true } as never, {
      projection: { _id: 1 },
    })
    return new Set((await found.toArray()).map(({ _id }) => String(_id).slice(followerId.length + 1)))
  }

  private async erase(accountId: string): Promise<Erasure> {
    const ofAccount = [followedBy(accountId), { followedId: accountId }, earlierFollowersOf(accountId)]
    return { erased: await deleteInSlices(this.follows, { $or: ofAccount }), waiting: 0 }
  }

  private async *export(accountId: string): AsyncGenerator<{ followedId: string; following: boolean }> {
    for await (const { _id, following } of this.follows.find(followedBy(accountId)).lean().cursor())
      yield { followedId: _id.slice(accountId.length + 1), following }
  }
}

const followedBy = (accountId: string) => ({ _id: { $gte: `${accountId}:`, $lt: `${accountId};` } })
/** Reads the ids that an earlier release left. */
const earlierFollowersOf = (accountId: string) => ({
  followedId: null,
  $expr: { $eq: [{ $arrayElemAt: [{ $split: ['$_id', ':'] }, 1] }, accountId] },
})
