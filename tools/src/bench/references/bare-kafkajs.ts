// kafkajs alone: produces the records that a relay would, and hears them one by one.
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { dataSchemaUri } from '@mpics/contracts/catalogue'
import kafkajs, { type Message } from 'kafkajs'
import type { Place } from '../orders/place.js'
import { sharedNow } from '../measuring/clock.js'
import { NOTE, orderChanged, orders } from '../orders/orders.js'
import { answer, settings } from '../roles/answer.js'
import { Handled } from '../roles/handled.js'
import './no-negative-timers.js'

const { place } = settings<{ place: Place }>()
const topic = place.prefix + orders.name
const kafka = new kafkajs.Kafka({ brokers: place.brokers, logLevel: kafkajs.logLevel.NOTHING })
const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false })
const consumer = kafka.consumer({ groupId: `${place.prefix}bare-${process.pid}`, maxWaitTimeInMs: 500 })
const handled = new Handled()
await producer.connect()

function record(orderId: string, at: number): Message {
  const headers = {
    ce_specversion: '1.0',
    ce_id: randomUUID(),
    ce_type: orderChanged.type,
    ce_source: 'identity',
    ce_subject: orderId,
    ce_time: new Date().toISOString(),
    ce_dataschema: dataSchemaUri(orderChanged.type),
    'content-type': 'application/json',
    ce_sequence: '1',
  }
  return { key: orderId, value: JSON.stringify({ orderId, at, note: NOTE }), headers }
}

let made: Message[] = []
answer({
  make: ({ count, keys }: { count: number; keys: number }) => {
    made = Array.from({ length: count }, (_, n) => record(`a-${n % keys}`, sharedNow()))
  },
  /** In seconds. */
  produce: async (batch: number) => {
    const began = performance.now()
    for (let n = 0; n < made.length; n += batch)
      await producer.sendBatch({ acks: -1, topicMessages: [{ topic, messages: made.slice(n, n + batch) }] })
    return (performance.now() - began) / 1000
  },
  accept: async ({ perSecond, ms, keys }: { perSecond: number; ms: number; keys: number }) => {
    const open: Promise<unknown>[] = []
    const start = sharedNow()
    for (let n = 0; n < (perSecond * ms) / 1000; n++) {
      const at = start + (n * 1000) / perSecond
      const early = at - sharedNow()
      if (early > 0) await delay(early)
      open.push(producer.send({ topic, acks: -1, messages: [record(`a-${n % keys}`, at)] }))
    }
    await Promise.all(open)
    return open.length
  },
  consume: async () => {
    await consumer.connect()
    await consumer.subscribe({ topic, fromBeginning: true })
    await consumer.run({
      eachMessage: async ({ message }) => {
        const { at } = JSON.parse(message.value!.toString()) as { at: number }
        handled.add(at, sharedNow())
      },
    })
  },
  ...handled.commands,
  stop: () => Promise.all([producer.disconnect(), consumer.disconnect()]),
})
