import { type Envelope, profiles } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { TallyRepository } from '../follows/tally.repository.js'

/**
 * The request forgets at once; this is for a process that died before, and for a replica of an earlier version. It only changes documents
 * that are there, so it brings nobody back.
 */
@EventConsumer()
export class ForgetTalliesOnUnfollow {
  constructor(private readonly tallies: TallyRepository) {}

  @On(profiles.followEnded, { idempotence: 'natural', ofErased: true })
  async handle({ data }: Envelope<typeof profiles.followEnded>): Promise<void> {
    await this.tallies.forget([data.followerId, data.followedId])
  }
}
