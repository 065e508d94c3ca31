// The least way in for photos: it checks who sends one, and passes its bytes on as they come.
import Fastify from 'fastify'
import { createLocalJWKSet, type CryptoKey, importJWK, type JSONWebKeySet, type JWK } from 'jose'
import { Pool } from 'undici'
import { settings } from '../../roles/answer.js'
import { serve } from '../serve.js'
import { minting, verifying } from '../tokens.js'

interface Settings {
  url: string
  keys: JSONWebKeySet
  privateKey: JWK
}

const { url, keys, privateKey } = settings<Settings>()
const verify = verifying(createLocalJWKSet(keys))
const authorization = minting((await importJWK(privateKey, 'ES256')) as CryptoKey, 'media')
const media = new Pool(url, { connections: 32 })

const app = Fastify()
app.addContentTypeParser('image/jpeg', (_request, bytes, done) => done(null, bytes))
app.addHook('onRequest', ({ headers }) => verify(headers.authorization))
app.post<{ Body: NodeJS.ReadableStream }>('/photos', async ({ body, headers: { 'content-length': bytes } }, reply) => {
  if (bytes === undefined) return reply.code(411).send()
  const headers = { authorization: await authorization(), 'content-type': 'image/jpeg', 'content-length': bytes }
  const answer = await media.request({ method: 'POST', path: '/photos', headers, body: body as never })
  return reply.code(answer.statusCode).send(await answer.body.json())
})
app.get<{ Params: { id: string } }>('/photos/:id', async ({ params: { id } }, reply) => {
  const headers = { authorization: await authorization() }
  const answer = await media.request({ method: 'GET', path: `/photos/${id}`, headers })
  return reply.code(answer.statusCode).send(await answer.body.json())
})
await serve(app)
