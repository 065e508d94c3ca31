import { type ApiAnswer, type ApiInput, profiles } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { FollowRepository } from '../follows/follow.repository.js'

/** For services that rebuild their projections. */
@Controller()
export class SnapshotsController {
  constructor(private readonly follows: FollowRepository) {}

  @Endpoint(profiles.followSnapshot)
  async snapshot(
    @Input() { query }: ApiInput<typeof profiles.followSnapshot>,
  ): Promise<ApiAnswer<typeof profiles.followSnapshot>> {
    const { items, nextCursor } = await this.follows.snapshot(query)
    const pairs = items.map(({ followerId, followedId, active, version }) => ({
      followerId,
      followedId,
      active,
      sequence: version,
    }))
    return { items: pairs, nextCursor }
  }
}
