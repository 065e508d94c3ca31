// kafkajs alone: produces page views as the gateway tells of them, and hears them one by one.
import { randomUUID } from 'node:crypto'
import { gateway } from '@mpics/contracts'
import { dataSchemaUri } from '@mpics/contracts/catalogue'
import kafkajs, { type Message } from 'kafkajs'
import { sharedNow } from '../measuring/clock.js'
import { answer, settings } from '../roles/answer.js'
import { Handled } from '../roles/handled.js'
import './no-negative-timers.js'

interface Views {
  count: number
  pages: readonly string[]
  browsers: number
}

const BATCH = 1_000
/** The views are of the time before, one after the other. */
const SPAN_MS = 2 * 3_600_000

const { brokers, topic } = settings<{ brokers: string; topic: string }>()
const kafka = new kafkajs.Kafka({ brokers: brokers.split(','), logLevel: kafkajs.logLevel.NOTHING })
const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false })
const consumer = kafka.consumer({ groupId: `${topic}-bare-${process.pid}`, maxWaitTimeInMs: 500 })
const handled = new Handled()
const { type, example } = gateway.pageViewRecorded
await producer.connect()

/** Few pages have most of the views, and each browser comes again after a while. */
function record(n: number, { count, pages, browsers }: Views, now: number): Message {
  const page = pages[Math.floor(pages.length * Math.random() ** 3)]!
  const browserId = `bench${String(Math.floor(Math.random() * browsers)).padStart(19, '0')}`
  const at = Math.floor((now - SPAN_MS * (1 - n / count)) / 1_000) * 1_000
  const occurredAt = new Date(at).toISOString()
  const headers = {
    ce_specversion: '1.0',
    ce_id: randomUUID(),
    ce_type: type,
    ce_source: 'gateway',
    ce_subject: page,
    ce_time: occurredAt,
    ce_dataschema: dataSchemaUri(type),
    'content-type': 'application/json',
  }
  const data = { ...example, page, subjectId: page.slice('/photos/'.length), browserId, occurredAt }
  return { key: page, value: JSON.stringify(data), headers, timestamp: String(at) }
}

answer({
  produce: async (views: Views) => {
    const now = Date.now()
    for (let n = 0; n < views.count; n += BATCH) {
      const size = Math.min(BATCH, views.count - n)
      const messages = Array.from({ length: size }, (_, i) => record(n + i, views, now))
      await producer.send({ topic, acks: -1, messages })
    }
  },
  consume: async () => {
    await consumer.connect()
    await consumer.subscribe({ topic, fromBeginning: true })
    await consumer.run({
      eachMessage: async ({ message }) => {
        JSON.parse(message.value!.toString())
        const now = sharedNow()
        handled.add(now, now)
      },
    })
  },
  ...handled.commands,
  stop: () => Promise.all([producer.disconnect(), consumer.disconnect()]),
})
