import type { Consumption } from '@mpics/contracts/catalogue'
import { kebab } from '../consume/consumer-differences.js'
import { familyOf } from '../consume/reaction.js'
import type { DeadLetter } from './dead-letter.js'

/** Who would take a replayed letter, by the table of consumers. */
export class Hearers {
  constructor(private readonly table: readonly Consumption[]) {}

  /** Whether a reaction of the letter's service is called, or was, like the one that gave it up. */
  include({ group, eventType = '', reaction }: DeadLetter): boolean {
    const name = kebab(reaction)
    return this.table.some(
      (row) =>
        row.service === group &&
        familyOf(row.event.type) === familyOf(eventType) &&
        (row.reaction === name || row.formerly?.includes(name)),
    )
  }
}
