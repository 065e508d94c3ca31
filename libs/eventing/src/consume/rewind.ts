import { precisionOf } from '@mpics/contracts'
import type { Admin, SeekEntry } from 'kafkajs'
import { momentOf } from '../envelope/precision.js'
import type { KafkaClient } from '../kafka/kafka-client.js'
import { replayTopic } from '../topics/origin.js'

/** Kafka's word for a partition of which a group has committed nothing. */
const NOT_BEGUN = -1

export interface Rewound {
  groupId: string
  kafkaTopic: string
  /** Of the first records to hear again, in milliseconds since 1970. */
  from: number
}

/** Where a group begins to hear again, for each of its topics and those of replayed dead letters. */
export function rewinds(
  topics: readonly string[],
  from: Date,
  options: { group: string; service: string; topic: (name: string) => string },
): Rewound[] {
  return topics.flatMap((topic) => {
    // the records of a topic that does not say exactly when are of the begin of their hour, or of their day
    const time = Number(momentOf(from.toISOString(), precisionOf(topic)).timestamp)
    const names = [topic, replayTopic(topic, options.service)]
    return names.map((name) => ({ groupId: options.group, kafkaTopic: options.topic(name), from: time }))
  })
}

/** Has a group hear again what came since a moment, and all that it had not heard. It must have no member: Kafka refuses otherwise. */
export async function rewind(kafka: KafkaClient, rewound: readonly Rewound[]): Promise<void> {
  const admin = kafka.admin()
  await admin.connect()
  try {
    const existing = new Set(await admin.listTopics())
    for (const { groupId, kafkaTopic: topic, from } of rewound.filter(({ kafkaTopic }) => existing.has(kafkaTopic))) {
      const partitions = await heardSince(admin, groupId, topic, from)
      if (partitions.length > 0) await admin.setOffsets({ groupId, topic, partitions })
    }
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}

/** Never moves a partition forward: one that the group has not begun, or lags in, goes on where it was. */
async function heardSince(admin: Admin, groupId: string, topic: string, from: number): Promise<SeekEntry[]> {
  const offsets = await admin.fetchTopicOffsetsByTimestamp(topic, from)
  const [group] = await admin.fetchOffsets({ groupId, topics: [topic] })
  const heard = new Map(group?.partitions.map(({ partition, offset }) => [partition, Number(offset)]))
  return offsets.filter(({ partition, offset }) => Number(offset) < (heard.get(partition) ?? NOT_BEGUN))
}
