// kafkajs alone: produces the records that a relay would, and hears them one by one.
import { randomUUID } from 'node:crypto'
import kafkajs, { type Message } from 'kafkajs'
import type { Place } from '../orders/place.js'
import { sharedNow } from '../measuring/clock.js'
import { NOTE, orders } from '../orders/orders.js'
import { recordOf } from '../orders/record.js'
import { accept, type Load } from '../roles/accept.js'
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

const record = (orderId: string, at: number): Message =>
  recordOf({ id: randomUUID(), time: new Date(), sequence: 1, data: { orderId, at, note: NOTE } })

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
  accept: ({ keys, ...load }: Load & { keys: number }) =>
    accept(load, (n, at) => producer.send({ topic, acks: -1, messages: [record(`a-${n % keys}`, at)] })),
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
