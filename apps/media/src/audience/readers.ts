import { Injectable } from '@nestjs/common'
import type { Reader } from './may-see.js'
import { FollowerRepository } from './follower.repository.js'

/** Who somebody is to a photographer. */
@Injectable()
export class Readers {
  constructor(private readonly followers: FollowerRepository) {}

  async relationTo(ownerId: string, readerId: string | undefined): Promise<Reader> {
    if (readerId === undefined) return 'anybody'
    if (readerId === ownerId) return 'owner'
    return (await this.followers.isFollowing(readerId, ownerId)) ? 'follower' : 'member'
  }
}
