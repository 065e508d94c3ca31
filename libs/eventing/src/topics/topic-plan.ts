import type { Retention, TopicDefinition } from '@mpics/contracts'
import { type Analysts, consumers, type Consumption, topics } from '@mpics/contracts/catalogue'
import { DAY_MS, HOUR_MS } from '@mpics/contracts/durations'
import { deadLetterTopic, replayTopic } from './origin.js'

export interface PlannedTopic {
  topic: string
  partitions: number
  config: Record<string, string>
}

export interface Catalogue {
  topics: readonly TopicDefinition[]
  consumers: readonly Consumption[]
  analysts?: readonly Analysts[]
}

export const DEAD_LETTER_DAYS = 30
/** Kafka deletes a segment once its last record has reached its age. */
const SEGMENT_DAYS = 1
const MAX_DAYS = Math.max(...topics.map(({ retention }) => (retention.kind === 'days' ? retention.days : 0)))

/**
 * After so many days no topic holds what was published until now: a dead letter may be replayed on its last day, and the replay is kept as
 * long as the topics that end with their retention. Compacted topics need a tombstone, and those that last for ever name nobody.
 */
export const LAST_TRACE_DAYS = Math.max(MAX_DAYS, DEAD_LETTER_DAYS) + DEAD_LETTER_DAYS + 2 * SEGMENT_DAYS

/** Twice a broker's default: the largest event fits with the headers that tell of its failure. */
const LETTER_SIZE = { 'max.message.bytes': String(2 * 1024 * 1024) }

function configOf(retention: Retention): Record<string, string> {
  if (retention.kind === 'compacted')
    return {
      'cleanup.policy': 'compact',
      // an erased person's last record is gone an hour after its tombstone at the latest
      'max.compaction.lag.ms': String(HOUR_MS),
      'delete.retention.ms': String(DAY_MS),
      'segment.ms': String(HOUR_MS),
    }
  if (retention.kind === 'for-ever')
    return { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'retention.bytes': '-1' }
  // Kafka deletes only whole segments: short ones keep the promise of the retention
  const segment = retention.days > 7 ? SEGMENT_DAYS * DAY_MS : HOUR_MS
  const config = { 'retention.ms': retention.days * DAY_MS, 'retention.bytes': -1, 'segment.ms': segment }
  return { 'cleanup.policy': 'delete', ...Object.fromEntries(Object.entries(config).map(([k, v]) => [k, String(v)])) }
}

/** One broker may be away, and two disks still have every acknowledged event. */
const safety = (replicationFactor: number): Record<string, string> =>
  replicationFactor >= 3 ? { 'min.insync.replicas': '2' } : {}

/** The catalogue's topics, and for each sharing group its dead letters and replays. Without a replication factor the broker decides. */
export function topicPlan(
  prefix = '',
  catalogue: Catalogue = { topics, consumers },
  replicationFactor = -1,
): PlannedTopic[] {
  const safe = safety(replicationFactor)
  const own = catalogue.topics.map(({ name, partitions, retention }) => ({
    topic: prefix + name,
    partitions,
    config: { ...configOf(retention), ...safe },
  }))
  const groups = new Set(
    catalogue.consumers
      .filter(({ delivery }) => delivery === 'shared')
      .flatMap(({ event, service }) => [
        deadLetterTopic(event.topic.name, service),
        replayTopic(event.topic.name, service),
      ]),
  )
  const config = { ...configOf({ kind: 'days', days: DEAD_LETTER_DAYS }), ...LETTER_SIZE, ...safe }
  return [...own, ...[...groups].map((topic) => ({ topic: prefix + topic, partitions: 1, config }))]
}
