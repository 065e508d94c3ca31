import { Injectable, Logger } from '@nestjs/common'
import { FollowRepository } from './follow.repository.js'
import { type Counts, type Tally, TallyRepository } from './tally.repository.js'

/** Follows are counted when somebody looks for the first time after one has changed, and then kept. */
@Injectable()
export class CountFollows {
  private readonly logger = new Logger('CountFollows')

  constructor(
    private readonly follows: FollowRepository,
    private readonly tallies: TallyRepository,
  ) {}

  async of(id: string): Promise<Counts> {
    return this.known(id, (await this.tallies.of([id])).get(id))
  }

  async known(id: string, tally: Tally = {}): Promise<Counts> {
    const { followers, following } = tally
    if (followers !== undefined && following !== undefined) return { followers, following }
    const epoch = await this.tallies.durableEpoch(id)
    const counts = await this.follows.counts(id)
    await this.tallies.keep(id, epoch, counts).catch((err: unknown) => this.logger.warn({ err }, 'counts are not kept'))
    return counts
  }
}
