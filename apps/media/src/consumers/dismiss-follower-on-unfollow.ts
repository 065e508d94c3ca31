import { type Envelope, followEnded } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { FollowerRepository } from '../audience/follower.repository.js'

@EventConsumer()
export class DismissFollowerOnUnfollow {
  constructor(private readonly followers: FollowerRepository) {}

  @On(followEnded, { idempotence: 'natural' })
  async handle({ data, sequence }: Envelope<typeof followEnded>): Promise<void> {
    await this.followers.note(data.followerId, data.followedId, false, sequence)
  }
}
