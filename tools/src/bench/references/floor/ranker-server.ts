// The least that lets photos be listed by their views: a total for each, by an index.
import { connectMongo, updateEach } from '@mpics/mongo'
import Fastify from 'fastify'
import { settings } from '../../roles/answer.js'
import { serve } from '../serve.js'
import { bus } from './bus.js'
import { moments } from './moments.js'
import { reading } from './reading.js'

interface Told {
  page: string
  total: number
}

const APART_MS = 500

const { uri, brokers, totals } = settings<Record<'uri' | 'brokers' | 'totals', string>>()
const connection = await connectMongo(uri)
const db = connection.db!
await db.collection('floor_ranks').createIndex({ total: -1, _id: 1 })
const kafka = bus(brokers)
const consumer = kafka.consumer(`${totals}-floor`, APART_MS)
const read = reading(consumer)
let ranked = 0

const rank = moments(async (told: Told[]) => {
  const writes = told.map(({ page, total }) => ({
    filter: { _id: page },
    update: { $max: { total } },
    upsert: true,
  }))
  await connection.transaction((session) => updateEach(db, 'floor_ranks', writes, session), {
    writeConcern: { w: 'majority' },
  })
  ranked += told.length
}, APART_MS)

await consumer.connect()
await consumer.subscribe({ topic: totals, fromBeginning: true })
await consumer.run({
  autoCommit: false,
  partitionsConsumedConcurrently: 6,
  eachBatch: async ({ batch }) => {
    await rank(...batch.messages.map(({ value }) => JSON.parse(value!.toString()) as Told))
    read(batch)
  },
})

const app = Fastify()
app.get('/', async () => String(ranked))
await serve(app)
