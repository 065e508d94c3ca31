// The least service: it checks who calls, and answers one find for all that are asked for at one moment.
import { connectMongo } from '@mpics/mongo'
import Fastify from 'fastify'
import { importJWK, type CryptoKey, type JWK } from 'jose'
import { settings } from '../../roles/answer.js'
import { serve } from '../serve.js'
import type { Answer, Found } from './answer.js'
import { verifying } from './tokens.js'

interface Settings {
  uri: string
  collection: string
  fields: string[]
  publicKey: JWK
}

const { uri, collection, fields, publicKey } = settings<Settings>()
const stored = (await connectMongo(uri)).db!.collection<Found>(collection)
const projection = Object.fromEntries(fields.map((field) => [field, 1]))
const verify = verifying((await importJWK(publicKey, 'ES256')) as CryptoKey)

const app = Fastify({ routerOptions: { maxParamLength: 8 * 1024 } })
app.addHook('onRequest', ({ headers }) => verify(headers.authorization))
app.get<{ Params: { by: string; keys: string } }>('/:by/:keys', async ({ params: { by, keys } }): Promise<Answer> => {
  const wanted = keys.split(',')
  const filter = { [by]: wanted.length === 1 ? wanted[0] : { $in: wanted } }
  return stored.find(filter, { projection, limit: wanted.length }).toArray()
})
await serve(app)
