// The least gateway that keeps the promises: it checks who asks, asks each owner, and answers when the view is safe in Kafka.
import { randomBytes } from 'node:crypto'
import { gateway } from '@mpics/contracts'
import Fastify, { type FastifyReply } from 'fastify'
import { createLocalJWKSet, type CryptoKey, importJWK, type JSONWebKeySet, type JWK } from 'jose'
import kafkajs from 'kafkajs'
import { Pool } from 'undici'
import { settings } from '../../roles/answer.js'
import '../no-negative-timers.js'
import { serve } from '../serve.js'
import type { Answer } from './answer.js'
import { gathering } from './gathering.js'
import { moments } from './moments.js'
import { photoPage } from './photo-page.js'
import { minting, verifying } from './tokens.js'

interface Settings {
  services: Record<'profiles' | 'media' | 'analytics', string>
  keys: JSONWebKeySet
  privateKey: JWK
  brokers: string
  topic: string
}

const { services, keys, privateKey, brokers, topic } = settings<Settings>()
const signer = (await importJWK(privateKey, 'ES256')) as CryptoKey
const verify = verifying(createLocalJWKSet(keys))
const kafka = new kafkajs.Kafka({ brokers: brokers.split(','), logLevel: kafkajs.logLevel.NOTHING })
const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false })
await producer.connect()

const peer = (url: string, audience: string) => {
  const [pool, authorization] = [new Pool(url, { connections: 32 }), minting(signer, audience)]
  return gathering(async (by, keys) => {
    const path = `/${by}/${encodeURIComponent(keys.join())}`
    const answer = await pool.request({ method: 'GET', path, headers: { authorization: await authorization() } })
    const found = await answer.body.json()
    if (answer.statusCode !== 200) throw new Error(`${path} was answered ${answer.statusCode}`)
    return found as Answer
  })
}
const profiles = peer(services.profiles, 'profiles')
const media = peer(services.media, 'media')
const analytics = peer(services.analytics, 'analytics')

let recorded = 0
const send = moments((messages: kafkajs.Message[]) => producer.send({ topic, acks: -1, messages }))

/** Without cookies, as calls of a measurement come, a browser gets a cookie by a call of its own and none by a page. */
async function view(browserId: string | null, ...pages: string[]): Promise<void> {
  const valueOf = (page: string) => JSON.stringify({ ...gateway.pageViewRecorded.example, page, browserId })
  await send(...pages.map((page) => ({ key: page, value: valueOf(page) })))
  recorded += pages.length
}

async function counted(reply: FastifyReply, ...pages: string[]): Promise<FastifyReply> {
  const browserId = randomBytes(16).toString('hex')
  await view(browserId, ...pages)
  const cookie = `mpvid=${browserId}; Path=/page-views; Max-Age=31536000; HttpOnly; SameSite=Lax`
  return reply.code(202).header('set-cookie', cookie).send()
}

const app = Fastify()
app.get<{ Params: { handle: string } }>('/profiles/:handle', async ({ params, headers }) => {
  await verify(headers.authorization)
  const profile = await profiles('handleKey', params.handle)
  return { ...profile, views: await analytics('_id', `/profiles/${profile._id}`) }
})
app.get<{ Params: { id: string } }>('/views/:id', async ({ params: { id } }) => {
  const [, views] = await Promise.all([media('_id', id), analytics('_id', `/photos/${id}`)])
  return { items: [views] }
})
app.get<{ Params: { id: string } }>('/photos/:id', async ({ params: { id } }, reply) => {
  const photo = await media('_id', id)
  const [owner, views] = await Promise.all([
    profiles('_id', String(photo['ownerId'])),
    analytics('_id', `/photos/${id}`),
    view(null, `/photos/${id}`),
  ])
  return reply.type('text/html; charset=utf-8').send(photoPage(photo, owner, views))
})
app.post<{ Body: { page: string } }>('/page-views', async ({ body: { page } }, reply) => {
  await media('_id', page.slice('/photos/'.length))
  return counted(reply, page)
})
app.post<{ Body: { page: string } }>('/views-of-known-pages', async ({ body: { page } }, reply) => {
  return counted(reply, page)
})
app.post<{ Body: { views: { page: string }[] } }>('/batches-of-known-pages', async ({ body: { views } }, reply) => {
  return counted(reply, ...views.map(({ page }) => page))
})
app.get('/recorded', async () => String(recorded))
await serve(app)
