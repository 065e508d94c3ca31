// The least that shows what was told of an order last, whatever comes twice: what was shown is kept with its sequence.
import { connectMongo } from '@mpics/mongo'
import kafkajs from 'kafkajs'
import { sharedNow } from '../../measuring/clock.js'
import { orders } from '../../orders/orders.js'
import { databaseOf, type Place } from '../../orders/place.js'
import { answer, settings } from '../../roles/answer.js'
import { Handled } from '../../roles/handled.js'
import '../no-negative-timers.js'
import { moments } from './moments.js'

interface Told {
  orderId: string
  at: number
  note: string
  sequence: number
}

const COMMITTED_MS = 1_000

const { place } = settings<{ place: Place }>()
const connection = await connectMongo(databaseOf(place, 'floor'))
const shown = connection.db!.collection<{ _id: string; sequence: number; note: string }>('shown')
const kafka = new kafkajs.Kafka({ brokers: place.brokers, logLevel: kafkajs.logLevel.NOTHING })
const consumer = kafka.consumer({ groupId: `${place.prefix}floor`, maxWaitTimeInMs: 500 })
const topic = place.prefix + orders.name
const handled = new Handled()
const done = new Map<number, string>()

const show = moments(async (told: Told[]) => {
  const last = new Map(told.map((event) => [event.orderId, event]))
  const writes = [...last.values()].map(({ orderId, sequence, note }) => ({
    updateOne: {
      filter: { _id: orderId, sequence: { $not: { $gte: sequence } } },
      update: { $set: { sequence, note } },
      upsert: true,
    },
  }))
  await shown.bulkWrite(writes, { ordered: false }).catch((error: { code?: number }) => {
    if (error.code !== 11000) throw error
  })
})

/** What was handled since is handled again after a crash, and changes nothing. */
async function commit(): Promise<void> {
  const offsets = [...done].map(([partition, offset]) => ({ topic, partition, offset }))
  done.clear()
  if (offsets.length > 0) await consumer.commitOffsets(offsets)
}

await consumer.connect()
await consumer.subscribe({ topic, fromBeginning: true })
await consumer.run({
  autoCommit: false,
  partitionsConsumedConcurrently: 6,
  eachBatch: async ({ batch: { messages, partition } }) => {
    const told = messages.map(({ value }) => JSON.parse(value!.toString()) as Told)
    await show(...told)
    for (const { at } of told) handled.add(at, sharedNow())
    done.set(partition, String(Number(messages.at(-1)!.offset) + 1))
  },
})
const committing = setInterval(() => void commit(), COMMITTED_MS)
answer({
  ...handled.commands,
  stop: async () => {
    clearInterval(committing)
    await consumer.disconnect()
  },
})
