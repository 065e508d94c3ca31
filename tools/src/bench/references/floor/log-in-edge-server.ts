// The least way in for log-ins: it passes their bytes on to who knows the accounts.
import Fastify from 'fastify'
import { type CryptoKey, importJWK, type JWK } from 'jose'
import { Pool } from 'undici'
import { settings } from '../../roles/answer.js'
import { serve } from '../serve.js'
import { minting } from '../tokens.js'

const MOST_BYTES = 4_096

const { url, privateKey } = settings<{ url: string; privateKey: JWK }>()
const authorization = minting((await importJWK(privateKey, 'ES256')) as CryptoKey, 'identity')
const identity = new Pool(url, { connections: 32 })

const app = Fastify({ bodyLimit: MOST_BYTES })
app.removeAllContentTypeParsers()
app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes))
app.post<{ Body: Buffer }>('/sessions', async ({ body, headers }, reply) => {
  const passed = { 'content-type': 'application/json', 'user-agent': headers['user-agent'] }
  const answer = await identity.request({
    method: 'POST',
    path: '/sessions',
    headers: { ...passed, authorization: await authorization() },
    body,
  })
  return reply
    .code(answer.statusCode)
    .type('application/json')
    .send(await answer.body.text())
})
await serve(app)
