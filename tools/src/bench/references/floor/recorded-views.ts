import { gateway } from '@mpics/contracts'
import type { Message } from 'kafkajs'
import { bus } from './bus.js'
import { moments } from './moments.js'

/** The bench's callers say nothing of themselves. */
const unsaid = { country: null, referrerHost: null, browser: null, os: null, language: null }

/** Views are recorded when all replicas of Kafka have them; those of one moment go together. */
export async function recordedViews(brokers: string, topic: string) {
  const kafka = bus(brokers)
  const producer = kafka.producer()
  await producer.connect()
  const send = moments((messages: Message[]) => producer.send({ topic, acks: -1, messages }))
  const valueOf = (page: string, browserId: string | null) =>
    JSON.stringify({
      ...gateway.pageViewRecorded.example,
      ...unsaid,
      page,
      browserId,
      occurredAt: secondOf(new Date()),
    })
  let recorded = 0
  return {
    recorded: () => recorded,
    record: async (browserId: string | null, pages: string[]): Promise<void> => {
      await send(...pages.map((page) => ({ key: page, value: valueOf(page, browserId) })))
      recorded += pages.length
    },
  }
}

const secondOf = (at: Date): string => `${at.toISOString().slice(0, '2026-11-30T12:00:00'.length)}Z`
