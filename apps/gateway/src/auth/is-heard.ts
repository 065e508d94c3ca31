import type { EventServer } from '@mpics/eventing'

/** B49 promises that an access token works nowhere two seconds after the log-off. */
const MAX_SILENCE_MS = 2_000

/** This replica has read the past back, and has heard from Kafka a moment ago. */
export function isHeard(events: EventServer): boolean {
  const { replica, replicaSilentMs } = events.health()
  return replica === 'ready' && replicaSilentMs < MAX_SILENCE_MS
}
