import { type Envelope, followStarted } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { FollowerRepository } from '../audience/follower.repository.js'

@EventConsumer()
export class AdmitFollowerOnFollow {
  constructor(private readonly followers: FollowerRepository) {}

  @On(followStarted, { idempotence: 'natural' })
  async handle({ data, sequence }: Envelope<typeof followStarted>): Promise<void> {
    await this.followers.note(data.followerId, data.followedId, true, sequence)
  }
}
