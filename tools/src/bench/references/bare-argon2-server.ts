// One comparison of a password, at the parameters of identity, and nothing else.
import { hash, verify } from '@node-rs/argon2'
import Fastify from 'fastify'
import { serve } from './serve.js'

const PASSWORD = 'correct horse battery staple'
const stored = await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })

const app = Fastify()
app.post('/', async () => ({ matches: await verify(stored, PASSWORD) }))
await serve(app)
