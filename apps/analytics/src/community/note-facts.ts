import { Together } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { type CommunityFact, firstCountedDay } from './community-fact.js'
import { CommunityDaysRepository } from './community-days.repository.js'
import { CommunityFactsRepository } from './community-facts.repository.js'

const MERGE_MS = 20

/** Keeps facts, and then notes their days, which have to be counted. May be repeated. */
@Injectable()
export class NoteFacts {
  private readonly shares = new Together<readonly CommunityFact[]>(
    (shares) => this.note(shares.flat()),
    () => MERGE_MS,
  )

  constructor(
    private readonly facts: CommunityFactsRepository,
    private readonly days: CommunityDaysRepository,
    private readonly clock: Clock,
  ) {}

  async execute(fact: CommunityFact): Promise<void> {
    if (fact.day >= firstCountedDay(this.clock.now())) await this.shares.add([fact])
  }

  /** The note comes after the facts: who counts a day then finds all that it was noted for. */
  private async note(facts: readonly CommunityFact[]): Promise<void> {
    await this.facts.keep(facts)
    await this.days.touch(facts.map(({ day }) => day))
  }
}
