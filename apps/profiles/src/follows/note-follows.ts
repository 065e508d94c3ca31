import { profiles } from '@mpics/contracts'
import { Outbox } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import type { FollowPair } from './follow.js'
import { HideAccount } from './hide-account.js'
import { TallyRepository } from './tally.repository.js'

/**
 * What a follow that began or ended changes beside it: a mark where one of the two is hidden, and the counts of both. The request forgets
 * the counts at once; this is for a process that died before. It only changes documents that are there, so it brings nobody back.
 */
@Injectable()
export class NoteFollows {
  constructor(
    outbox: Outbox,
    private readonly tallies: TallyRepository,
    private readonly hide: HideAccount,
  ) {
    outbox.onPublished([profiles.followStarted, profiles.followEnded], (pairs) => this.execute(pairs))
  }

  async execute(pairs: readonly FollowPair[]): Promise<void> {
    const ids = [...new Set(pairs.flatMap(({ followerId, followedId }) => [followerId, followedId]))]
    // A follow may have begun while one of the two was being hidden.
    await this.hide.markFollows(pairs, ids)
    await this.tallies.forget(ids)
  }
}
