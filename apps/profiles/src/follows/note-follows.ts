import { gathering, Together } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import type { FollowPair } from './follow.js'
import { HideAccount } from './hide-account.js'
import { TallyRepository } from './tally.repository.js'

/** Nobody waits for it, and beside the mail about the follow it would take processors from that. */
const GATHER_MS = 250

/** What a follow that was heard of changes beside it: a mark where one of the two is hidden, and the counts of both. */
@Injectable()
export class NoteFollows {
  private readonly heard = new Together<FollowPair>((pairs) => this.note(pairs), gathering(GATHER_MS))

  constructor(
    private readonly tallies: TallyRepository,
    private readonly hide: HideAccount,
  ) {}

  /** Resolves when it is done, along with the follows of the same moment. */
  execute({ followerId, followedId }: FollowPair): Promise<void> {
    return this.heard.add({ followerId, followedId })
  }

  private async note(pairs: readonly FollowPair[]): Promise<void> {
    const ids = [...new Set(pairs.flatMap(({ followerId, followedId }) => [followerId, followedId]))]
    // A follow may have begun while one of the two was being hidden.
    await this.hide.markFollows(pairs, ids)
    await this.tallies.forget(ids)
  }
}
