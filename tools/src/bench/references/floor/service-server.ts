// The least service: it checks who calls, and answers one findOne.
import { connectMongo } from '@mpics/mongo'
import Fastify from 'fastify'
import { importJWK, type CryptoKey, type JWK } from 'jose'
import { settings } from '../../roles/answer.js'
import { serve } from '../serve.js'
import { verifying } from './tokens.js'

interface Settings {
  uri: string
  collection: string
  fields: string[]
  publicKey: JWK
}

const { uri, collection, fields, publicKey } = settings<Settings>()
const stored = (await connectMongo(uri)).db!.collection(collection)
const projection = Object.fromEntries(fields.map((field) => [field, 1]))
const verify = verifying((await importJWK(publicKey, 'ES256')) as CryptoKey)

const app = Fastify()
app.addHook('onRequest', ({ headers }) => verify(headers.authorization))
app.get<{ Params: { by: string; key: string } }>('/:by/:key', async ({ params: { by, key } }, reply) => {
  const found = await stored.findOne({ [by]: key }, { projection })
  return found ?? reply.code(404).send()
})
await serve(app)
