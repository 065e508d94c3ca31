import { type PlainRecord, plainRecord } from '../envelope/read-record.js'
import type { KafkaAccess } from '../eventing-options.js'
import { createKafka } from '../kafka/kafka-client.js'
import { TopicReader } from '../kafka/topic-reader.js'

export interface ReadRecord extends PlainRecord {
  partition: number
  offset: number
}

const WAIT_MS = 500

/** Every record of a topic (name in the catalogue), from its beginning to its present end, in order per partition. */
export async function readTopic(access: KafkaAccess, name: string): Promise<ReadRecord[]> {
  const records: ReadRecord[] = []
  for await (const record of topicRecords(access, name)) records.push(record)
  return records
}

/** The least offset of each partition, or the least time of records. */
type ReadFrom = number | { since: number }

/** Yields records one by one, for topics of any size. */
export async function* topicRecords(access: KafkaAccess, name: string, from: ReadFrom = 0): AsyncGenerator<ReadRecord> {
  const topic = (access.prefix ?? '') + name
  const reader = new TopicReader(createKafka(access))
  await reader.connect([topic])
  try {
    const ends = await reader.positions(topic, 'latest')
    const begin = await reader.positions(topic, typeof from === 'number' ? 'earliest' : from)
    const least = typeof from === 'number' ? from : 0
    const at = new Map([...begin].map(([partition, offset]) => [partition, Math.max(offset, least)]))
    for (;;) {
      for (const [partition, end] of ends) if ((at.get(partition) ?? 0) >= end) at.delete(partition)
      if (at.size === 0) return
      for (const { partition, message } of await reader.fetch(new Map([[topic, at]]), WAIT_MS))
        yield { ...plainRecord(message), partition, offset: Number(message.offset) }
    }
  } finally {
    await reader.disconnect()
  }
}
