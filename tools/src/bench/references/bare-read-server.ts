// F, the least that reads one document: Fastify and the MongoDB driver, one findOne.
import { connectMongo } from '@mpics/mongo'
import Fastify from 'fastify'
import { settings } from '../roles/answer.js'
import { serve } from './serve.js'

const { uri } = settings<{ uri: string }>()
// opened as ours; the driver's own collection does the rest
const profiles = (await connectMongo(uri)).db!.collection('profiles')
const projection = { _id: 1, handle: 1, fullName: 1, bio: 1, visibility: 1, createdAt: 1 }

const app = Fastify()
app.get<{ Params: { handle: string } }>('/profiles/:handle', async ({ params }, reply) => {
  const profile = await profiles.findOne({ handleKey: params.handle }, { projection })
  return profile ?? reply.code(404).send()
})
await serve(app)
