// The least that a gateway does: checks the caller's token once, and hands the request on with another one.
import Fastify from 'fastify'
import { createLocalJWKSet, type JSONWebKeySet } from 'jose'
import { Pool } from 'undici'
import { settings } from '../roles/answer.js'
import { verifying } from './tokens.js'
import { serve } from './serve.js'

const { upstream, keys } = settings<{ upstream: string; keys: JSONWebKeySet }>()
const pool = new Pool(upstream, { connections: 32 })
const verify = verifying(createLocalJWKSet(keys))

const app = Fastify()
app.get('/*', async ({ url, headers }, reply) => {
  await verify(headers.authorization)
  const authorization = `Bearer ${String(headers['x-internal-token'])}`
  const answer = await pool.request({ method: 'GET', path: url, headers: { authorization } })
  return reply.code(answer.statusCode).headers(answer.headers).send(answer.body)
})
await serve(app)
