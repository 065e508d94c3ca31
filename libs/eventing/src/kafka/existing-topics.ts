import type { KafkaClient } from './kafka-client.js'

/** The topics that exist: asked before each use, since kafkajs retries for long, and then crashes, for one that does not. */
export async function existingTopics(kafka: KafkaClient): Promise<ReadonlySet<string>> {
  const admin = kafka.admin()
  try {
    await admin.connect()
    return new Set(await admin.listTopics())
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}
