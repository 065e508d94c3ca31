// The least service: it checks who calls, and answers one find for all that are asked for at one moment.
import { connectMongo, readFew } from '@mpics/mongo'
import Fastify from 'fastify'
import { importJWK, type CryptoKey, type JWK } from 'jose'
import { settings } from '../../roles/answer.js'
import { serve } from '../serve.js'
import type { Answer, Found } from './answer.js'
import { verifying } from '../tokens.js'

interface Settings {
  uri: string
  collection: string
  /** What may be asked for, by its kind. */
  fields: Record<string, string[]>
  /** Whether it has what not everybody may see. */
  hides?: boolean
  publicKey: JWK
}

const { uri, collection, fields, hides, publicKey } = settings<Settings>()
const db = (await connectMongo(uri)).db!
const deciding = hides ? ['status', 'visibility', 'owner'] : []
const projections = new Map(
  Object.entries(fields).map(([kind, names]) => [
    kind,
    Object.fromEntries([...names, ...deciding].map((name) => [name, 1 as const])),
  ]),
)
const verify = verifying((await importJWK(publicKey, 'ES256')) as CryptoKey)

/** As visitors see photos. */
const isShown = ({ status, visibility, owner }: Found) =>
  status === 'published' && visibility === 'public' && !(owner as { hidden?: boolean } | undefined)?.hidden
const shown = ({ status: _s, visibility: _v, owner: _o, ...rest }: Found): Found => rest

const app = Fastify({ routerOptions: { maxParamLength: 8 * 1024 } })
app.addHook('onRequest', ({ headers }) => verify(headers.authorization))
app.get<{ Params: Record<'kind' | 'by' | 'keys', string> }>(
  '/:kind/:by/:keys',
  async ({ params: { kind, by, keys } }, reply): Promise<Answer> => {
    const projection = projections.get(kind)
    if (!projection) return reply.code(404).send()
    const wanted = keys.split(',')
    const filter = { [by]: wanted.length === 1 ? wanted[0] : { $in: wanted } }
    const found = await readFew<Found>(db, { collection, filter, projection, limit: wanted.length })
    return hides ? found.filter(isShown).map(shown) : found
  },
)
await serve(app)
