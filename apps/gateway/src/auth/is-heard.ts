import type { EventServer } from '@mpics/eventing'

/** B49 promises that an access token works nowhere two seconds after the log-off. */
export const MAX_BEHIND_MS = 2_000

/** This replica has read the past back, and a moment ago had heard all that there was. */
export function isHeard(events: EventServer, maxBehindMs = MAX_BEHIND_MS): boolean {
  const { replica, replicaBehindMs } = events.health()
  return replica === 'ready' && replicaBehindMs < maxBehindMs
}
