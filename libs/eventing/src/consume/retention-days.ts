import type { EventDefinition } from '@mpics/contracts'

const MARGIN = 7

/** How long an event can still come back; without an end on topics that keep it. */
export function retentionDays(event: EventDefinition): number {
  const { retention } = event.topic
  return retention.kind === 'days' ? retention.days + MARGIN : Number.POSITIVE_INFINITY
}
