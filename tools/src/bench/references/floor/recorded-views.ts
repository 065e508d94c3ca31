import { gateway } from '@mpics/contracts'
import type { Message } from 'kafkajs'
import { bus } from './bus.js'
import { moments } from './moments.js'

/** Views are recorded when all replicas of Kafka have them; those of one moment go together. */
export async function recordedViews(brokers: string, topic: string) {
  const kafka = bus(brokers)
  const producer = kafka.producer()
  await producer.connect()
  const send = moments((messages: Message[]) => producer.send({ topic, acks: -1, messages }))
  const valueOf = (page: string, browserId: string | null) =>
    JSON.stringify({ ...gateway.pageViewRecorded.example, page, browserId, occurredAt: new Date().toISOString() })
  let recorded = 0
  return {
    recorded: () => recorded,
    record: async (browserId: string | null, pages: string[]): Promise<void> => {
      await send(...pages.map((page) => ({ key: page, value: valueOf(page, browserId) })))
      recorded += pages.length
    },
  }
}
