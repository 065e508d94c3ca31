import { MINUTE_MS } from '@mpics/contracts/durations'
import type { Reaction } from './reaction.js'

const DEFAULT_MS = 15 * MINUTE_MS

/** The option wins; a topic that keeps everything is read from its beginning; any other a quarter of an hour back. */
export function readBackOf(reaction: Reaction): number {
  const { readBackMs } = reaction.options
  if (readBackMs !== undefined) return readBackMs
  return reaction.event.topic.retention.kind === 'days' ? DEFAULT_MS : Number.POSITIVE_INFINITY
}
