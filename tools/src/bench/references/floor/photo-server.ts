// The least that shows a photo when all of it is stored and told: its document holds its events, and a second process decodes the bytes that are in
// hand while they are stored. What was accepted by a process that died is read from the store.
import { randomUUID } from 'node:crypto'
import { connectMongo } from '@mpics/mongo'
import Fastify from 'fastify'
import { type CryptoKey, importJWK, type JWK } from 'jose'
import type { StackAddresses } from '../../../environment/servers/addresses.js'
import { settings } from '../../roles/answer.js'
import { serve } from '../serve.js'
import { bus } from './bus.js'
import { Objects } from './objects.js'
import { Publishing, type StoredPhoto } from './publishing.js'
import { verifying } from '../tokens.js'

const { uri, collection, topic, bucket, stack, publicKey } = settings<{
  uri: string
  collection: string
  topic: string
  bucket: string
  stack: StackAddresses
  publicKey: JWK
}>()
const MOST_BYTES = 50 * 1024 * 1024
const photos = (await connectMongo(uri)).db!.collection<StoredPhoto>(collection)
const kafka = bus(stack.kafkaBrokers)
const producer = kafka.producer()
const consumer = kafka.consumer(`${topic}-floor`, 100)
const objects = new Objects(stack, bucket)
const publishing = new Publishing(photos, objects)
await Promise.all([producer.connect(), consumer.connect(), objects.prepare(), photos.createIndex({ outbox: 1 })])
await consumer.subscribe({ topic, fromBeginning: true })
await consumer.run({
  partitionsConsumedConcurrently: 12,
  eachMessage: async ({ message: { key, value } }) => {
    if (value!.toString() === 'uploaded') await publishing.finish(key!.toString())
  },
})
relay().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})

/** Begins with what a process that died did not tell. */
async function relay(): Promise<void> {
  const changed = [{ operationType: 'insert' }, { 'updateDescription.updatedFields.status': { $exists: true } }]
  const changes = photos.watch([{ $match: { $or: changed } }], { maxAwaitTimeMS: 5_000 })
  await changes.tryNext()
  for await (const { _id, outbox } of photos.find({ outbox: { $gt: '' } }))
    for (const fact of outbox) await tell(_id, fact)
  for await (const change of changes) {
    if (change.operationType === 'insert') await tell(change.documentKey._id, 'uploaded')
    if (change.operationType === 'update')
      await tell(change.documentKey._id, String(change.updateDescription.updatedFields!.status))
  }
}

async function tell(_id: string, fact: string): Promise<void> {
  await producer.send({ topic, acks: -1, messages: [{ key: _id, value: fact }] })
  await photos.updateOne({ _id }, { $pull: { outbox: fact } })
}

const app = Fastify()
const verify = verifying((await importJWK(publicKey, 'ES256')) as CryptoKey)
app.addContentTypeParser('image/jpeg', (_request, bytes, done) => done(null, bytes))
app.addHook('onRequest', ({ headers }) => verify(headers.authorization))
app.post<{ Body: AsyncIterable<Buffer> }>('/photos', async ({ body, headers }, reply) => {
  const bytes = Number(headers['content-length'])
  if (!(bytes > 0 && bytes <= MOST_BYTES)) return reply.code(413).send()
  const id = randomUUID()
  await publishing.accept(id, body, bytes)
  return reply.code(202).send({ id })
})
app.get<{ Params: { id: string } }>('/photos/:id', async ({ params: { id } }, reply) => {
  return (await photos.findOne({ _id: id }, { projection: { status: 1 } })) ?? reply.code(404).send({})
})
await serve(app)
