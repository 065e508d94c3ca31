import type { Marks, Standing } from '@mpics/rights'
import { Injectable } from '@nestjs/common'
import { ProfileRepository } from '../profiles/profile.repository.js'
import { ProfileStandingRepository } from '../profiles/profile-standing.repository.js'
import type { FollowPair } from './follow.js'
import { HiddenFollowsRepository } from './hidden-follows.repository.js'
import { TallyRepository } from './tally.repository.js'

/**
 * Marks the profile and the follows of an account that others may not see. Its standing is noted first: a profile or a follow that comes
 * later is marked when it is made, or when its event is heard.
 */
@Injectable()
export class HideAccount implements Marks {
  constructor(
    private readonly standings: ProfileStandingRepository,
    private readonly profiles: ProfileRepository,
    private readonly follows: HiddenFollowsRepository,
    private readonly tallies: TallyRepository,
  ) {}

  async execute(accountId: string, sequence: number | undefined, hidden: boolean): Promise<void> {
    await this.standings.note(accountId, sequence, hidden)
    const standing = await this.standings.find(accountId)
    if (standing) await this.mark(accountId, standing)
  }

  /** `ids`: all that the pairs name. True if of one of them a standing is known. */
  async markFollows(pairs: readonly FollowPair[], ids: readonly string[]): Promise<boolean> {
    const standings = await this.standings.among(ids)
    for (const { followerId, followedId } of standings.size > 0 ? pairs : [])
      await this.follows.markOne(followerId, followedId, standings)
    return standings.size > 0
  }

  /** For a rebuild, which also corrects marks that claim to be later. An event that comes meanwhile has the last word. */
  async markAnew(accountId: string): Promise<void> {
    for (let before = -1; ;) {
      const standing = await this.standings.find(accountId)
      if (!standing || standing.sequence === before) return
      await this.mark(accountId, standing, true)
      before = standing.sequence
    }
  }

  /** The accounts that a mark says are hidden. */
  async markedAmong(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await Promise.all([this.profiles.hiddenAmong(ids), this.follows.hiddenAmong(ids)])
    return new Set(found.flat())
  }

  private async mark(accountId: string, standing: Standing, anew = false): Promise<void> {
    await this.profiles.mark(accountId, standing, anew)
    for await (const others of this.follows.mark(accountId, standing, anew)) await this.tallies.forget(others)
  }
}
