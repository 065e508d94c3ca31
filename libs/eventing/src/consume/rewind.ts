import type { KafkaClient } from '../kafka/kafka-client.js'

/** Has a group hear again what came since a moment. It must have no member: Kafka refuses otherwise. */
export async function rewind(
  kafka: KafkaClient,
  groupId: string,
  topics: readonly string[],
  from: Date,
): Promise<void> {
  const admin = kafka.admin()
  await admin.connect()
  try {
    const existing = new Set(await admin.listTopics())
    for (const topic of topics.filter((name) => existing.has(name))) {
      const partitions = await admin.fetchTopicOffsetsByTimestamp(topic, from.getTime())
      await admin.setOffsets({ groupId, topic, partitions })
    }
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}
