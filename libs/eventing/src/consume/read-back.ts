import type { Reaction } from './reaction.js'

const DEFAULT_MS = 15 * 60_000

/** How far back a replica reads: as told, else all of a topic that keeps everything, else a quarter of an hour. */
export function readBackOf(reaction: Reaction): number {
  const { readBackMs } = reaction.options
  if (readBackMs !== undefined) return readBackMs
  return reaction.event.topic.retention.kind === 'days' ? DEFAULT_MS : Number.POSITIVE_INFINITY
}
