import type { ViewerRelation } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import { FollowerRepository } from './follower.repository.js'

@Injectable()
export class ViewerRelations {
  constructor(private readonly followers: FollowerRepository) {}

  async relationTo(ownerId: string, viewerId: string | undefined): Promise<ViewerRelation> {
    if (viewerId === undefined) return 'visitor'
    if (viewerId === ownerId) return 'owner'
    return (await this.followers.isFollowing(viewerId, ownerId)) ? 'follower' : 'member'
  }
}
