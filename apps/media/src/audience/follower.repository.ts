import { ProjectionStore } from '@mpics/eventing'
import { Connection } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import mongoose, { type Model } from 'mongoose'

interface FollowProjection {
  _id: string
  following: boolean
  sequence: number
}

export const followProjectionId = (followerId: string, followedId: string) => `${followerId}:${followedId}`

/** Who follows whom, as profiles tells it. What ended stays, so that a late `started` does not bring it back. */
@Injectable()
export class FollowerRepository {
  readonly store: ProjectionStore
  private readonly follows: Model<FollowProjection>

  constructor(connection: Connection) {
    const schema = new mongoose.Schema<FollowProjection>(
      { _id: String, following: Boolean, sequence: Number },
      { versionKey: false },
    )
    this.follows = connection.model<FollowProjection>('follows', schema, 'follows')
    this.store = new ProjectionStore(this.follows)
  }

  async note(followerId: string, followedId: string, following: boolean, sequence?: number): Promise<void> {
    await this.store.apply(followProjectionId(followerId, followedId), sequence, { following })
  }

  async isFollowing(followerId: string, followedId: string): Promise<boolean> {
    return (await this.follows.exists({ _id: followProjectionId(followerId, followedId), following: true })) !== null
  }
}
