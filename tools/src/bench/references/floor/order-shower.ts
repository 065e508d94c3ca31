// The least that shows what was told of an order last, whatever comes twice: what was shown is kept with its sequence.
import { connectMongo } from '@mpics/mongo'
import type { KafkaMessage } from 'kafkajs'
import { sharedNow } from '../../measuring/clock.js'
import { type orderChanged, orders } from '../../orders/orders.js'
import { databaseOf, type Place } from '../../orders/place.js'
import { answer, settings } from '../../roles/answer.js'
import { Handled } from '../../roles/handled.js'
import { bus } from './bus.js'
import { moments } from './moments.js'
import { reading } from './reading.js'

const { place } = settings<{ place: Place }>()
const connection = await connectMongo(databaseOf(place, 'floor'))
const shown = connection.db!.collection<{ _id: string; sequence: number; note: string }>('shown')
const consumer = bus(place.brokers.join()).consumer(`${place.prefix}floor`, 500)
const handled = new Handled()
const read = reading(consumer)

type Data = typeof orderChanged.example
const toldBy = ({ value, headers }: KafkaMessage) => ({
  ...(JSON.parse(value!.toString()) as Data),
  sequence: Number(headers!['ce_sequence']),
})
type Told = ReturnType<typeof toldBy>

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

await consumer.connect()
await consumer.subscribe({ topic: place.prefix + orders.name, fromBeginning: true })
await consumer.run({
  autoCommit: false,
  partitionsConsumedConcurrently: 6,
  eachBatch: async ({ batch }) => {
    const told = batch.messages.map(toldBy)
    await show(...told)
    for (const { at } of told) handled.add(at, sharedNow())
    read(batch)
  },
})
answer({ ...handled.commands, stop: () => consumer.disconnect() })
