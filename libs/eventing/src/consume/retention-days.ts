import type { EventDefinition } from '@mpics/contracts'
import { DEAD_LETTER_DAYS } from '../topics/topic-plan.js'

const MARGIN = 7

/** How long an event can come back from its topic or from the dead letters; Infinity on topics that keep everything. */
export function retentionDays(event: EventDefinition): number {
  const { retention } = event.topic
  return retention.kind === 'days' ? retention.days + DEAD_LETTER_DAYS + MARGIN : Number.POSITIVE_INFINITY
}
