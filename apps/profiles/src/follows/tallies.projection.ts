import { profiles } from '@mpics/contracts'
import { type Confirmation, type Projection, Projections, type Rebuildable } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import { FollowRepository } from './follow.repository.js'
import { TallyRepository } from './tally.repository.js'

const BATCH_SIZE = 100

/** The number of follows that each profile knows. A rebuild forgets the wrong ones; they are counted when somebody looks. */
@Injectable()
export class TalliesProjection implements Projection<string>, Rebuildable<string> {
  readonly name = 'tallies'
  readonly events = [profiles.followStarted, profiles.followEnded]
  readonly source = 'profiles'
  readonly store = this

  constructor(
    projections: Projections,
    private readonly tallies: TallyRepository,
    private readonly follows: FollowRepository,
  ) {
    projections.register(this)
  }

  async *snapshot(): AsyncGenerator<string[]> {
    for (let last = ''; ;) {
      const ids = await this.tallies.ids(last, BATCH_SIZE)
      if (ids.length === 0) return
      yield ids
      last = ids.at(-1)!
    }
  }

  async confirm(ids: readonly string[]): Promise<Confirmation> {
    let mended = 0
    for (const [id, { epoch, followers, following }] of await this.tallies.of(ids)) {
      if (followers === undefined) continue
      const counts = await this.follows.counts(id)
      if (counts.followers === followers && counts.following === following) continue
      await this.tallies.forgetUnlessChanged(id, epoch)
      mended++
    }
    return { added: 0, mended, distrusted: 0 }
  }
}
