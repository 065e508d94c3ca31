// The least that shows a photo when all of it is stored and told: its document holds its events, and a second process decodes.
import { randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { connectMongo } from '@mpics/mongo'
import Fastify from 'fastify'
import { type CryptoKey, importJWK, type JWK } from 'jose'
import kafkajs from 'kafkajs'
import type { StackAddresses } from '../../../environment/servers/addresses.js'
import { settings } from '../../roles/answer.js'
import { BareS3 } from '../bare-s3.js'
import '../no-negative-timers.js'
import { serve } from '../serve.js'
import { Decoder, RENDITIONS } from './decoder.js'
import { verifying } from './tokens.js'

interface Stored {
  _id: string
  status: 'processing' | 'published'
  placeholder?: string
  outbox: string[]
}

const { uri, collection, topic, bucket, stack, publicKey } = settings<{
  uri: string
  collection: string
  topic: string
  bucket: string
  stack: StackAddresses
  publicKey: JWK
}>()
const durable = { writeConcern: { w: 'majority' } } as const
const photos = (await connectMongo(uri)).db!.collection<Stored>(collection)
const kafka = new kafkajs.Kafka({ brokers: stack.kafkaBrokers.split(','), logLevel: kafkajs.logLevel.NOTHING })
const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false })
const consumer = kafka.consumer({ groupId: `${topic}-floor`, maxWaitTimeInMs: 100 })
const [s3, decoder] = [new BareS3(stack), new Decoder()]
await Promise.all([producer.connect(), consumer.connect(), s3.make(bucket)])
await consumer.subscribe({ topic, fromBeginning: true })
await consumer.run({
  eachMessage: async ({ message: { key, value } }) => {
    if (value!.toString() === 'uploaded') await publish(key!.toString())
  },
})
const relaying = relay()
relaying.catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})

async function relay(): Promise<void> {
  const told = [{ operationType: 'insert' }, { 'updateDescription.updatedFields.status': 'published' }]
  for await (const change of photos.watch([{ $match: { $or: told } }], { maxAwaitTimeMS: 5_000 })) {
    if (change.operationType !== 'insert' && change.operationType !== 'update') continue
    const { _id } = change.documentKey
    const value = change.operationType === 'insert' ? 'uploaded' : 'published'
    await producer.send({ topic, acks: -1, messages: [{ key: _id, value }] })
    await photos.updateOne({ _id }, { $pull: { outbox: value } })
  }
}

async function publish(id: string): Promise<void> {
  const upload = await s3.get(bucket, `uploads/${id}`)
  const placeholder = await decoder.during(upload, async (rendered) => {
    await Promise.all(RENDITIONS.map(async (name) => s3.put(bucket, `photos/${id}/${name}`, await rendered.file(name))))
    return rendered.placeholder
  })
  const published = { $set: { status: 'published', placeholder }, $push: { outbox: 'published' } } as const
  await photos.updateOne({ _id: id, status: 'processing' }, published, durable)
  await s3.remove(bucket, `uploads/${id}`)
}

const app = Fastify()
const verify = verifying((await importJWK(publicKey, 'ES256')) as CryptoKey)
app.addContentTypeParser('image/jpeg', (_request, bytes, done) => done(null, bytes))
app.addHook('onRequest', ({ headers }) => verify(headers.authorization))
app.post<{ Body: NodeJS.ReadableStream }>('/photos', async ({ body }, reply) => {
  const id = randomUUID()
  await s3.put(bucket, `uploads/${id}`, await buffer(body))
  await photos.insertOne({ _id: id, status: 'processing', outbox: ['uploaded'] }, durable)
  return reply.code(202).send({ id })
})
app.get<{ Params: { id: string } }>('/photos/:id', async ({ params: { id } }, reply) => {
  return (await photos.findOne({ _id: id }, { projection: { status: 1 } })) ?? reply.code(404).send({})
})
await serve(app)
