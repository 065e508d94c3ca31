import { type Envelope, profiles } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { HideAccount } from '../follows/hide-account.js'
import { TallyRepository } from '../follows/tally.repository.js'

/** The request forgets at once; this is for a process that died before, and for a replica of an earlier version. */
@EventConsumer()
export class ForgetTalliesOnFollow {
  constructor(
    private readonly tallies: TallyRepository,
    private readonly hide: HideAccount,
  ) {}

  @On(profiles.followStarted, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof profiles.followStarted>): Promise<void> {
    // It may have begun while one of the two was being hidden.
    await this.hide.markFollow(data.followerId, data.followedId)
    await this.tallies.forget([data.followerId, data.followedId])
  }
}
