// The least log-in: an attempt that counts before the comparison and is kept before its answer, a session that outlives a crash, and a signed token.
import { randomBytes, randomUUID } from 'node:crypto'
import { connectMongo } from '@mpics/mongo'
import { hash, verify } from '@node-rs/argon2'
import Fastify from 'fastify'
import { generateKeyPair, SignJWT } from 'jose'
import { settings } from '../../roles/answer.js'
import { serve } from '../serve.js'

const { uri, handles } = settings<{ uri: string; handles: string[] }>()
const PASSWORD = 'correct horse battery staple'
const passwordHash = await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })
const db = (await connectMongo(uri)).db!
const accounts = db.collection<{ _id: string; passwordHash: string }>('floor_accounts')
const attempts = db.collection<{ _id: string; count: number }>('floor_attempts')
const sessions = db.collection<{ _id: string; accountId: string; refreshHash: string; at: Date }>('floor_sessions')
const durable = { writeConcern: { w: 'majority' } } as const
const soon = { writeConcern: { w: 1 } } as const
const { privateKey } = await generateKeyPair('ES256')
await accounts.insertMany(handles.map((_id) => ({ _id, passwordHash })))

const app = Fastify()
app.post<{ Body: { login: string; password: string } }>('/', async ({ body: { login, password } }, reply) => {
  await attempts.updateOne({ _id: login }, { $inc: { count: 1 } }, { upsert: true, ...soon })
  const account = await accounts.findOne({ _id: login })
  if (!account || !(await verify(account.passwordHash, password))) {
    await attempts.updateOne({ _id: login }, { $set: { wrong: true } }, durable)
    return reply.code(401).send()
  }
  const [sessionId, refreshToken] = [randomUUID(), randomBytes(32).toString('base64url')]
  const session = { _id: sessionId, accountId: login, refreshHash: refreshToken, at: new Date() }
  await Promise.all([sessions.insertOne(session, durable), attempts.deleteOne({ _id: login }, soon)])
  const claims = new SignJWT({ sid: sessionId }).setProtectedHeader({ alg: 'ES256' }).setSubject(login)
  return { accessToken: await claims.setExpirationTime('600s').sign(privateKey), refreshToken }
})
await serve(app)
