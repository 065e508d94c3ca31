import { profiles } from '@mpics/contracts'
import { type Fact, pages, type Projection, Projections, type Run } from '@mpics/eventing'
import { Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { followProjectionId, FollowerRepository } from './follower.repository.js'

@Injectable()
export class FollowerProjection implements Projection {
  readonly name = 'followers'
  readonly events = [profiles.followStarted, profiles.followEnded]
  readonly source = 'profiles'

  constructor(
    projections: Projections,
    private readonly followers: FollowerRepository,
    private readonly peers: Peers,
  ) {
    projections.register(this)
  }

  get store() {
    return this.followers.store
  }

  async *snapshot({ signal }: Run): AsyncGenerator<Fact[]> {
    for await (const follows of pages(
      (cursor) => this.peers.call(profiles.followSnapshot, { query: { cursor } }),
      signal,
    ))
      yield follows.map(({ followerId, followedId, active, sequence }) => ({
        id: followProjectionId(followerId, followedId),
        sequence,
        fields: { followedId, following: active },
      }))
  }
}
