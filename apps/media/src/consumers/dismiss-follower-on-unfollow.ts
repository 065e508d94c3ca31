import { type Envelope, profiles } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { FollowerRepository } from '../audience/follower.repository.js'

@EventConsumer()
export class DismissFollowerOnUnfollow {
  constructor(private readonly followers: FollowerRepository) {}

  @On(profiles.followEnded, { idempotence: 'natural', look: 'after' })
  async handle({ data, sequence }: Envelope<typeof profiles.followEnded>): Promise<void> {
    await this.followers.note(data.followerId, data.followedId, false, sequence)
  }
}
