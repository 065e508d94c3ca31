// The least that counts each view once: the tally of a page and the place it was read to are one document, and one write.
import { createHmac, randomBytes } from 'node:crypto'
import { connectMongo } from '@mpics/mongo'
import Fastify from 'fastify'
import kafkajs, { type KafkaMessage } from 'kafkajs'
import { settings } from '../../roles/answer.js'
import '../no-negative-timers.js'
import { serve } from '../serve.js'
import { moments } from './moments.js'

interface Tally {
  _id: string
  total: number
  /** Keyed hashes of browsers. A set is exact, and takes less work than a sketch of a bounded size. */
  visitors: string[]
  offsets: Record<string, number>
}

const { uri, brokers, topic, totals } = settings<{ uri: string; brokers: string; topic: string; totals: string }>()
const tallies = (await connectMongo(uri)).db!.collection<Tally>('floor_tallies')
const kafka = new kafkajs.Kafka({ brokers: brokers.split(','), logLevel: kafkajs.logLevel.NOTHING })
const consumer = kafka.consumer({ groupId: `${topic}-floor`, maxWaitTimeInMs: 450, minBytes: 64 * 1024 })
const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false })
const key = randomBytes(32)
let counted = 0

const visitorOf = (browserId: string) => createHmac('sha256', key).update(browserId).digest('base64url').slice(0, 8)

const viewOf = ({ value, offset }: KafkaMessage, partition: number) => ({
  ...(JSON.parse(value!.toString()) as { page: string; browserId: string | null }),
  place: `offsets.${partition}`,
  offset: Number(offset),
})

/** A page's key leads to one partition. */
const count = moments(async (views: ReturnType<typeof viewOf>[]) => {
  const pages = Map.groupBy(views, ({ page }) => page)
  const writes = [...pages].map(([page, seen]) => {
    const { place, offset } = seen.at(-1)!
    const visitors = seen.flatMap(({ browserId }) => (browserId ? [visitorOf(browserId)] : []))
    return {
      updateOne: {
        filter: { _id: page, [place]: { $not: { $gte: offset } } },
        update: {
          $inc: { total: seen.length },
          $addToSet: { visitors: { $each: visitors } },
          $set: { [place]: offset },
        },
        upsert: true,
      },
    }
  })
  await tallies.bulkWrite(writes, { ordered: false, writeConcern: { w: 'majority' } })
  await tell([...pages.keys()])
  counted += views.length
})

/** Told after it is written, and again when the batch is: nothing else has to remember that it was not. */
async function tell(pages: string[]): Promise<void> {
  const projection = { total: 1, unique: { $size: '$visitors' } }
  const found = await tallies.find({ _id: { $in: pages } }, { projection }).toArray()
  const messages = found.map(({ _id, ...told }) => ({ key: _id, value: JSON.stringify({ page: _id, ...told }) }))
  await producer.send({ topic: totals, acks: -1, messages })
}

await Promise.all([consumer.connect(), producer.connect()])
await consumer.subscribe({ topic, fromBeginning: true })
await consumer.run({
  partitionsConsumedConcurrently: 12,
  eachBatch: ({ batch: { messages, partition } }) => count(...messages.map((message) => viewOf(message, partition))),
})

const app = Fastify()
app.get('/', async () => String(counted))
await serve(app)
