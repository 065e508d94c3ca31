import type { Admin } from 'kafkajs'
import type { KafkaClient } from './kafka-client.js'

/** Callers ask before each use, since kafkajs retries for long, and then crashes, for a topic that does not exist. */
export async function existingTopics(kafka: KafkaClient): Promise<ReadonlySet<string>> {
  const admin = kafka.admin()
  try {
    await admin.connect()
    return new Set(await admin.listTopics())
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}

/** Missing topics that may exist: Kafka hides them because this account has no right to see them. */
export async function hiddenTopics({ kafka }: KafkaClient, missing: readonly string[]): Promise<string[]> {
  const admin = kafka.admin({ retry: { retries: 0 } })
  try {
    await admin.connect()
    const hidden = await Promise.all(missing.map((topic) => isHidden(admin, topic)))
    return missing.filter((_, i) => hidden[i])
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}

const isHidden = (admin: Admin, topic: string): Promise<boolean> =>
  admin.fetchTopicMetadata({ topics: [topic] }).then(
    () => false,
    (error: { type?: string }) => error.type === 'TOPIC_AUTHORIZATION_FAILED',
  )
