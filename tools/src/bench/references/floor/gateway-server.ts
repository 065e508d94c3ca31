// The least gateway that keeps the promises: it checks who asks, asks each owner, and answers when the view is safe in Kafka.
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { createLocalJWKSet, type CryptoKey, importJWK, type JSONWebKeySet, type JWK } from 'jose'
import { Pool } from 'undici'
import { settings } from '../../roles/answer.js'
import { serve } from '../serve.js'
import type { Answer, Found } from './answer.js'
import { browserCookies } from './browser-cookies.js'
import { gathering } from './gathering.js'
import { knownFor } from './known-for.js'
import { photoPage } from './photo-page.js'
import { recordedViews } from './recorded-views.js'
import { minting, verifying } from '../tokens.js'

interface Settings {
  services: Record<'profiles' | 'media' | 'analytics', string>
  keys: JSONWebKeySet
  privateKey: JWK
  brokers: string
  topic: string
  key: string
}

const { services, keys, privateKey, brokers, topic, key } = settings<Settings>()
const signer = (await importJWK(privateKey, 'ES256')) as CryptoKey
const verify = verifying(createLocalJWKSet(keys))

const peer = (name: keyof Settings['services']) => {
  const [pool, authorization] = [new Pool(services[name], { connections: 32 }), minting(signer, name)]
  return gathering(async (from, keys) => {
    const path = `/${from}/${encodeURIComponent(keys.join())}`
    const answer = await pool.request({ method: 'GET', path, headers: { authorization: await authorization() } })
    const found = await answer.body.json()
    if (answer.statusCode !== 200) throw new Error(`${path} was answered ${answer.statusCode}`)
    return found as Answer
  })
}
const [profiles, media, analytics] = [peer('profiles'), peer('media'), peer('analytics')]
const views = await recordedViews(brokers, topic)
const browsers = browserCookies(key)
const MOST = 20
const exists = knownFor(2_000, (page) => there(media('sight', '_id', page.slice('/photos/'.length))))

/** Owners do not tell what is hidden from what was never there. */
async function there(asked: Promise<Found | undefined>): Promise<Found> {
  const found = await asked
  if (!found) throw Object.assign(new Error('there is no such page'), { statusCode: 404 })
  return found
}

const viewsOf = async (page: string) => (await analytics('total', '_id', page)) ?? { total: 0, unique: 0 }

/** The first view of a browser sets its cookie and counts in the total alone, so that one without cookies is no visitor. */
async function counted({ headers }: FastifyRequest, reply: FastifyReply, pages: string[]): Promise<FastifyReply> {
  if (pages.length > MOST) return reply.code(422).send()
  await Promise.all(pages.map(exists))
  const browserId = browsers.idIn(headers.cookie)
  await views.record(browserId, pages)
  if (browserId === null) reply.header('set-cookie', browsers.cookie())
  return reply.code(202).send()
}

const app = Fastify()
app.get<{ Params: { handle: string } }>('/profiles/:handle', async ({ params, headers }) => {
  const reader = await verify(headers.authorization)
  const profile = await there(profiles(reader, 'handleKey', params.handle))
  return { ...profile, views: await viewsOf(`/profiles/${profile._id}`) }
})
app.get<{ Params: { id: string } }>('/views/:id', async ({ params: { id } }) => {
  const [, total] = await Promise.all([there(media('sight', '_id', id)), viewsOf(`/photos/${id}`)])
  return { items: [total] }
})
/** A page comes without the cookie, whose path is another. */
app.get<{ Params: { id: string } }>('/photos/:id', async ({ params: { id } }, reply) => {
  const photo = await there(media('photo', '_id', id))
  const [owner, total] = await Promise.all([
    there(profiles('card', '_id', String(photo['ownerId']))),
    viewsOf(`/photos/${id}`),
    views.record(null, [`/photos/${id}`]),
  ])
  return reply.type('text/html; charset=utf-8').send(photoPage(photo, owner, total))
})
app.post<{ Body: { page?: string; views?: { page: string }[] } }>('/page-views', async (request, reply) => {
  const { page, views: many = [] } = request.body
  return counted(request, reply, page === undefined ? many.map((one) => one.page) : [page])
})
app.get('/recorded', async () => String(views.recorded()))
await serve(app)
