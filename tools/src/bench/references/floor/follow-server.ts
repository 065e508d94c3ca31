// The least that keeps a follow and tells of it: its document holds its event, and a relay publishes that. It says who somebody is, too.
import { connectMongo } from '@mpics/mongo'
import Fastify from 'fastify'
import { type CryptoKey, importJWK, type JWK } from 'jose'
import { settings } from '../../roles/answer.js'
import { serve } from '../serve.js'
import type { Answer } from './answer.js'
import { bus } from './bus.js'
import { verifying } from '../tokens.js'

interface Follow {
  _id: string
  followerId: string
  followedId: string
  outbox: string[]
}
type Profile = { _id: string } & Record<string, string>

const { uri, brokers, topic, publicKey } = settings<{ uri: string; brokers: string; topic: string; publicKey: JWK }>()
const db = (await connectMongo(uri)).db!
const [follows, profiles] = [db.collection<Follow>('floor_follows'), db.collection<Profile>('profiles')]
const kafka = bus(brokers)
const producer = kafka.producer()
await producer.connect()
relay().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})

async function relay(): Promise<void> {
  for await (const change of follows.watch([{ $match: { operationType: 'insert' } }], { maxAwaitTimeMS: 5_000 })) {
    if (change.operationType !== 'insert') continue
    const { _id, followerId, followedId } = change.fullDocument
    await producer.send({
      topic,
      acks: -1,
      messages: [{ key: _id, value: JSON.stringify({ followerId, followedId }) }],
    })
    void follows.updateOne({ _id }, { $set: { outbox: [] } })
  }
}

const app = Fastify()
const verify = verifying((await importJWK(publicKey, 'ES256')) as CryptoKey)
const CARD = { projection: { handle: 1, fullName: 1 } }
app.addHook('onRequest', ({ headers }) => verify(headers.authorization))
app.put<{ Params: { handle: string } }>('/follows/:handle', async ({ params: { handle }, headers }, reply) => {
  const [followed, follower] = await Promise.all([
    profiles.findOne({ handleKey: handle }, CARD),
    profiles.findOne({ _id: String(headers['x-member']) }, CARD),
  ])
  if (!followed || !follower) return reply.code(404).send()
  const [followerId, followedId] = [follower._id, followed._id]
  await follows.updateOne(
    { _id: `${followerId} ${followedId}` },
    { $setOnInsert: { followerId, followedId, outbox: ['started'] } },
    { upsert: true, writeConcern: { w: 'majority' } },
  )
  return reply.code(204).send()
})
app.get<{ Params: { id: string } }>('/card/_id/:id', ({ params: { id } }): Promise<Answer> =>
  profiles.find({ _id: id }, CARD).toArray(),
)
await serve(app)
