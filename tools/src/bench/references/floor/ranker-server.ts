// The least that lets photos be listed by their views: a total for each, by an index.
import { connectMongo } from '@mpics/mongo'
import Fastify from 'fastify'
import kafkajs from 'kafkajs'
import { settings } from '../../roles/answer.js'
import '../no-negative-timers.js'
import { serve } from '../serve.js'
import { moments } from './moments.js'

interface Rank {
  _id: string
  total: number
}

const { uri, brokers, totals } = settings<{ uri: string; brokers: string; totals: string }>()
const ranks = (await connectMongo(uri)).db!.collection<Rank>('floor_ranks')
await ranks.createIndex({ total: -1, _id: 1 })
const kafka = new kafkajs.Kafka({ brokers: brokers.split(','), logLevel: kafkajs.logLevel.NOTHING })
const consumer = kafka.consumer({ groupId: `${totals}-floor`, maxWaitTimeInMs: 450, minBytes: 64 * 1024 })

const rank = moments(async (told: { page: string; total: number }[]) => {
  const writes = told.map(({ page, total }) => ({
    updateOne: { filter: { _id: page }, update: { $max: { total } }, upsert: true },
  }))
  await ranks.bulkWrite(writes, { ordered: false, writeConcern: { w: 'majority' } })
})

await consumer.connect()
await consumer.subscribe({ topic: totals, fromBeginning: true })
await consumer.run({
  partitionsConsumedConcurrently: 6,
  eachBatch: ({ batch: { messages } }) =>
    rank(...messages.map(({ value }) => JSON.parse(value!.toString()) as { page: string; total: number })),
})
await serve(Fastify())
