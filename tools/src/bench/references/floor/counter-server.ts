// The least that counts each view once: the tally of a page and the place it was read to are one document, written once for the views of a moment.
import { connectMongo } from '@mpics/mongo'
import Fastify from 'fastify'
import type { KafkaMessage } from 'kafkajs'
import { settings } from '../../roles/answer.js'
import { serve } from '../serve.js'
import { bus } from './bus.js'
import { moments } from './moments.js'
import { reading } from './reading.js'
import { Tallies, type View } from './tallies.js'

/** Of the two seconds within which a view counts. */
const APART_MS = 500

const { uri, brokers, topic, totals, key } = settings<Record<'uri' | 'brokers' | 'topic' | 'totals' | 'key', string>>()
const tallies = new Tallies(await connectMongo(uri), key)
const kafka = bus(brokers)
const consumer = kafka.consumer(`${topic}-floor`, APART_MS)
const producer = kafka.producer()
const read = reading(consumer)
let [counted, announced] = [0, 0]

/** Totals are told after they are written, and again when views come again: nothing else has to remember that they were not. */
const count = moments(async (views: View[]) => {
  const told = await tallies.count(views)
  const messages = told.map((total) => ({ key: total.page, value: JSON.stringify(total) }))
  await producer.send({ topic: totals, acks: -1, messages })
  announced += messages.length
  counted += views.length
}, APART_MS)

await Promise.all([consumer.connect(), producer.connect()])
await consumer.subscribe({ topic, fromBeginning: true })
await consumer.run({
  autoCommit: false,
  partitionsConsumedConcurrently: 12,
  eachBatch: async ({ batch }) => {
    const { partition } = batch
    const viewOf = ({ value, offset }: KafkaMessage): View => {
      const { page, browserId } = JSON.parse(value!.toString()) as Pick<View, 'page' | 'browserId'>
      return { page, browserId, partition, offset: Number(offset) }
    }
    await count(...batch.messages.map(viewOf))
    read(batch)
  },
})

const app = Fastify()
app.get('/', async () => String(counted))
app.get('/announced', async () => String(announced))
await serve(app)
