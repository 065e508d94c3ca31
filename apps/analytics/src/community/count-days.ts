import { Injectable } from '@nestjs/common'
import { COUNTED_DAYS } from './community-fact.js'
import { CommunityDaysRepository } from './community-days.repository.js'
import { CommunityFactsRepository } from './community-facts.repository.js'

/** All that may change at once. */
const BATCH = COUNTED_DAYS + 2

/** Counts days anew from their facts. The same facts give the same counts, whoever counts and how often. */
@Injectable()
export class CountDays {
  constructor(
    private readonly facts: CommunityFactsRepository,
    private readonly days: CommunityDaysRepository,
  ) {}

  /** Resolves to the days that it counted. */
  async execute(): Promise<string[]> {
    const changed = await this.days.changed(BATCH)
    for (const day of changed) await this.days.keep(day, await this.facts.countOf(day._id))
    return changed.map(({ _id }) => _id)
  }
}
