// The least way in for follows: it checks who follows, and asks the owner.
import Fastify from 'fastify'
import { createLocalJWKSet, type CryptoKey, importJWK, type JSONWebKeySet, type JWK } from 'jose'
import { Pool } from 'undici'
import { settings } from '../../roles/answer.js'
import { serve } from '../serve.js'
import { minting, verifying } from '../tokens.js'

const { url, keys, privateKey } = settings<{ url: string; keys: JSONWebKeySet; privateKey: JWK }>()
const verify = verifying(createLocalJWKSet(keys))
const authorization = minting((await importJWK(privateKey, 'ES256')) as CryptoKey, 'profiles')
const profiles = new Pool(url, { connections: 32 })

const app = Fastify()
app.put<{ Params: { handle: string } }>('/follows/:handle', async ({ params, headers }, reply) => {
  const member = await verify(headers.authorization)
  const answer = await profiles.request({
    method: 'PUT',
    path: `/follows/${encodeURIComponent(params.handle)}`,
    headers: { authorization: await authorization(), 'x-member': member },
  })
  await answer.body.dump()
  return reply.code(answer.statusCode).send()
})
await serve(app)
