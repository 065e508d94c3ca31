// The least owner of profiles: each field is shown to whom it is meant for, which takes the follow of its reader, and so are the counts.
import { maySee, profiles as contract, type ViewerRelation } from '@mpics/contracts'
import { aggregateFew, connectMongo, readFew } from '@mpics/mongo'
import Fastify from 'fastify'
import { importJWK, type CryptoKey, type JWK } from 'jose'
import { settings } from '../../roles/answer.js'
import { serve } from '../serve.js'
import type { Answer, Found } from './answer.js'
import { verifying } from '../tokens.js'

interface Profile extends Found {
  handleKey: string
  visibility?: Record<string, string>
  tally?: { followers?: number; following?: number }
  pairs: { _id: string; active: boolean }[]
}

const { uri, publicKey } = settings<{ uri: string; publicKey: JWK }>()
const db = (await connectMongo(uri)).db!
const verify = verifying((await importJWK(publicKey, 'ES256')) as CryptoKey)
const SHOWN = { 'standing.hidden': { $ne: true } }
const among = (keys: string) => ({ $in: keys.split(',') })

function shownTo(relation: ViewerRelation, profile: Profile, names: readonly string[]): object {
  const shown = names.filter((name) => maySee(relation, profile.visibility?.[name]))
  return Object.fromEntries(shown.map((name) => [name, profile[name]]))
}

/** Kept counts are forgotten with each follow. */
async function countsOf({ _id, tally: { followers, following } = {} }: Profile) {
  if (followers !== undefined && following !== undefined) return { followers, following }
  const active = (end: string) => db.collection('follows').countDocuments({ [end]: _id, active: true })
  const [followed, follows] = await Promise.all([active('followedId'), active('followerId')])
  return { followers: followed, following: follows }
}

async function seenBy(reader: string, profile: Profile): Promise<Found> {
  const { _id, handle, handleKey, createdAt, pairs } = profile
  const holds = (pair: string) => pairs.some((follow) => follow._id === pair && follow.active)
  const [following, followedBy] = [holds(`${reader}:${_id}`), holds(`${_id}:${reader}`)]
  const relation = reader === _id ? 'owner' : following ? 'follower' : 'member'
  const fields = shownTo(relation, profile, contract.profileFieldNames)
  return { _id, handle, handleKey, ...fields, counts: await countsOf(profile), following, followedBy, createdAt }
}

function pairsWith(reader: string) {
  const literal = { $literal: reader }
  const pairs = [{ $concat: [literal, ':', '$_id'] }, { $concat: ['$_id', ':', literal] }]
  return [{ $set: { pairs } }, { $lookup: { from: 'follows', localField: 'pairs', foreignField: '_id', as: 'pairs' } }]
}

const app = Fastify({ routerOptions: { maxParamLength: 8 * 1024 } })
app.addHook('onRequest', ({ headers }) => verify(headers.authorization))
app.get<{ Params: { reader: string; keys: string } }>(
  '/:reader/handleKey/:keys',
  async ({ params: { reader, keys } }): Promise<Answer> => {
    const stages = [{ $match: { handleKey: among(keys), ...SHOWN } }, ...pairsWith(reader)]
    const found = await aggregateFew<Profile>(db, 'profiles', stages)
    return Promise.all(found.map((profile) => seenBy(reader, profile)))
  },
)
app.get<{ Params: { keys: string } }>('/card/_id/:keys', async ({ params: { keys } }): Promise<Answer> => {
  const wanted = { collection: 'profiles', filter: { _id: among(keys), ...SHOWN }, limit: keys.split(',').length }
  const found = await readFew<Profile>(db, { ...wanted, projection: { handle: 1, fullName: 1, visibility: 1 } })
  return found.map((profile) => ({
    _id: profile._id,
    handle: profile['handle'],
    ...shownTo('visitor', profile, ['fullName']),
  }))
})
await serve(app)
