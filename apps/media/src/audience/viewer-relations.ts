import type { ViewerRelation } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import { FollowerRepository } from './follower.repository.js'

/** What the ids alone tell: a member may be a follower. */
export function relationByIds(ownerId: string, viewerId: string | undefined): ViewerRelation {
  if (viewerId === undefined) return 'visitor'
  return viewerId === ownerId ? 'owner' : 'member'
}

@Injectable()
export class ViewerRelations {
  constructor(private readonly followers: FollowerRepository) {}

  async relationTo(ownerId: string, viewerId: string | undefined): Promise<ViewerRelation> {
    return (await this.relationsTo([ownerId], viewerId))(ownerId)
  }

  async relationsTo(
    ownerIds: readonly string[],
    viewerId: string | undefined,
  ): Promise<(ownerId: string) => ViewerRelation> {
    const others = ownerIds.filter((id) => relationByIds(id, viewerId) === 'member')
    const followed = viewerId === undefined ? null : await this.followers.followedAmong(viewerId, others)
    return (ownerId) => (followed?.has(ownerId) ? 'follower' : relationByIds(ownerId, viewerId))
  }
}
