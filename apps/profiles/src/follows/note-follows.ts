import { profiles } from '@mpics/contracts'
import { Outbox } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import type { FollowPair } from './follow.js'
import { ForgetTallies } from './forget-tallies.js'
import { HideAccount } from './hide-account.js'
import { TallyRepository } from './tally.repository.js'

const REMEDY = 'mpics projections rebuild profiles tallies, and standings'

interface Changed {
  readonly data: FollowPair
  readonly sequence: number
}

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
    private readonly forget: ForgetTallies,
  ) {
    outbox.onPublished([profiles.followStarted, profiles.followEnded], (facts) => this.execute(facts), REMEDY)
  }

  async execute(facts: readonly Changed[]): Promise<void> {
    const pairs = facts.map(({ data }) => data)
    const counted = facts.filter(({ data, sequence }) => !this.forget.wasDone(data, sequence)).map(({ data }) => data)
    // A follow may have begun while one of the two was being hidden.
    const isMarked = await this.hide.markFollows(pairs, idsIn(pairs))
    const open = idsIn(isMarked ? pairs : counted)
    if (open.length > 0) await this.tallies.forget(open)
  }
}

const idsIn = (pairs: readonly FollowPair[]): string[] => [
  ...new Set(pairs.flatMap(({ followerId, followedId }) => [followerId, followedId])),
]
