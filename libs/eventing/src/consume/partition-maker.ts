import type { Restores } from '@mpics/mongo'
import type { EventingOptions } from '../eventing-options.js'
import type { EventingMetrics } from '../metrics.js'
import { replayTopic } from '../topics/origin.js'
import type { MakePartition } from './assignment.js'
import { BatchHandling, type BatchHandlingParts } from './batch-handling.js'
import { BatchPartition } from './batch-partition.js'
import type { DeadLetterWriter } from './dead-letter-writer.js'
import type { ErasedIds } from './erased-ids.js'
import type { MessageHandling } from './handle-message.js'
import { KeyedPartition } from './keyed-partition.js'
import type { Reactions } from './reaction.js'
import { Slots } from './slots.js'

const CONCURRENCY = 64
const CAPACITY = 2_000

export interface PartitionMakerParts {
  options: EventingOptions
  reactions: Reactions
  single: MessageHandling
  deadLetters: DeadLetterWriter
  metrics: EventingMetrics
  erased?: ErasedIds
  restores?: Restores
}

/** Chooses how to work on each partition: by key, or in batches where its topic has `@OnBatch` reactions. */
export function partitionMaker({ options, reactions, single, ...parts }: PartitionMakerParts): MakePartition {
  const { concurrency = CONCURRENCY, capacity = CAPACITY, retryMs } = options.settings.consumer ?? {}
  const slots = new Slots(concurrency)
  const batches = batchHandlings(reactions, { ...parts, retryMs })
  const known = topicsByKafkaName(options, reactions)
  return (kafkaTopic, partition, before) => {
    const { topic, replayed } = known.get(kafkaTopic) ?? { topic: kafkaTopic, replayed: false }
    const common = { kafkaTopic, origin: { topic, partition, replayed }, capacity, before }
    const batch = batches.get(topic)
    return batch
      ? new BatchPartition({ ...common, handling: batch, defects: parts.metrics.defects })
      : new KeyedPartition({ ...common, handling: single, slots })
  }
}

/** Maps each topic of the reactions, and the topic of its replayed dead letters. */
const topicsByKafkaName = (options: EventingOptions, reactions: Reactions) =>
  new Map<string, { topic: string; replayed: boolean }>(
    reactions.topics.flatMap((topic) => [
      [options.topic(topic), { topic, replayed: false }] as const,
      [options.topic(replayTopic(topic, options.service)), { topic, replayed: true }] as const,
    ]),
  )

function batchHandlings(
  reactions: Reactions,
  parts: Omit<BatchHandlingParts, 'reactions'>,
): Map<string, BatchHandling> {
  const byTopic = Map.groupBy(reactions.all, (reaction) => reaction.topic)
  return new Map(
    [...byTopic].flatMap(([topic, all]) => {
      if (all.every((reaction) => reaction.batch === undefined)) return []
      if (all.some((reaction) => reaction.batch === undefined))
        throw new TypeError(`${topic}: @On and @OnBatch cannot both read one topic in one service`)
      return [[topic, new BatchHandling({ ...parts, reactions: all })] as const]
    }),
  )
}
