import type { Envelope, EventDefinition } from '@mpics/contracts'
import type { Restores } from '@mpics/mongo'

/** What a person has ended stays ended, though the service that said so has lost it. */
const STANDS: Record<string, (data: Record<string, unknown>) => boolean> = {
  'identity.account.erased.v1': () => true,
  'identity.consent.changed.v1': ({ granted }) => granted === false,
}

/**
 * True of an event of a write that a restore has lost: to its publisher it never happened, and its sequence will be used again. Facts
 * of the gateway are no writes.
 */
export function isLost(restores: Restores | undefined, event: EventDefinition, envelope: Envelope): boolean {
  return isOfLostTime(restores, event, envelope) && !STANDS[event.type]?.(envelope.data)
}

/** Lost, or told of what stands. */
export function isOfLostTime(restores: Restores | undefined, { topic }: EventDefinition, { time }: Envelope): boolean {
  if (!restores?.any || topic.publishers.includes('gateway')) return false
  return restores.isLost(new Date(time))
}
