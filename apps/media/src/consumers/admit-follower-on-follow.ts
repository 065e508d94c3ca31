import { type Envelope, profiles } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { FollowerRepository } from '../audience/follower.repository.js'

@EventConsumer()
export class AdmitFollowerOnFollow {
  constructor(private readonly followers: FollowerRepository) {}

  @On(profiles.followStarted, { idempotence: 'natural', look: 'after' })
  async handle({ data, sequence }: Envelope<typeof profiles.followStarted>): Promise<void> {
    await this.followers.note(data.followerId, data.followedId, true, sequence)
  }
}
