import type { Admin } from 'kafkajs'
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

/** Those of the missing ones that Kafka hides from us because no right allows us to see them: they may exist. */
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
