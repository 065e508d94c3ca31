import type { KafkaClient } from '../kafka/kafka-client.js'

/** Which of the wanted topics exist; kafkajs would retry for long, and then crash, for one that does not. */
export async function existingTopics(
  kafka: KafkaClient,
  wanted: readonly string[],
): Promise<{ found: string[]; missing: string[] }> {
  const admin = kafka.admin()
  try {
    await admin.connect()
    const existing = new Set(await admin.listTopics())
    return {
      found: wanted.filter((topic) => existing.has(topic)),
      missing: wanted.filter((topic) => !existing.has(topic)),
    }
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}
