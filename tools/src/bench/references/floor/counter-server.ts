// The least that counts each view once: the tally of a page and the place it was read to are one document, and one write.
import { connectMongo } from '@mpics/mongo'
import Fastify from 'fastify'
import kafkajs from 'kafkajs'
import { settings } from '../../roles/answer.js'
import '../no-negative-timers.js'
import { serve } from '../serve.js'

interface Tally {
  _id: string
  total: number
  offsets: Record<string, number>
}

const { uri, brokers, topic } = settings<{ uri: string; brokers: string; topic: string }>()
const tallies = (await connectMongo(uri)).db!.collection<Tally>('floor_tallies')
const kafka = new kafkajs.Kafka({ brokers: brokers.split(','), logLevel: kafkajs.logLevel.NOTHING })
const consumer = kafka.consumer({ groupId: `${topic}-floor`, maxWaitTimeInMs: 450, minBytes: 64 * 1024 })
let counted = 0

await consumer.connect()
await consumer.subscribe({ topic, fromBeginning: true })
await consumer.run({
  partitionsConsumedConcurrently: 12,
  eachBatch: async ({ batch: { messages, partition } }) => {
    const pages = Map.groupBy(messages, ({ value }) => (JSON.parse(value!.toString()) as { page: string }).page)
    const place = `offsets.${partition}`
    const writes = [...pages].map(([page, views]) => ({
      updateOne: {
        filter: { _id: page, [place]: { $not: { $gte: Number(views.at(-1)!.offset) } } },
        update: { $inc: { total: views.length }, $set: { [place]: Number(views.at(-1)!.offset) } },
        upsert: true,
      },
    }))
    await tallies.bulkWrite(writes, { ordered: false, writeConcern: { w: 'majority' } })
    counted += messages.length
  },
})

const app = Fastify()
app.get('/', async () => String(counted))
await serve(app)
