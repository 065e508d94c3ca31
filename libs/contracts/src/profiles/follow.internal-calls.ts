import { z } from 'zod'
import { defineApi, pageOf, snapshotQuery } from '../define/define-api.js'
import { field, id } from '../define/field.js'

const technical = <T extends z.ZodType>(schema: T) =>
  field(schema, { classification: 'technical', purpose: 'community' })

const pair = z.strictObject({
  followerId: id('community'),
  followedId: id('community'),
  active: technical(z.boolean()),
  sequence: technical(z.int().min(1)),
})

export const followSnapshot = defineApi({
  name: 'followSnapshot',
  service: 'profiles',
  method: 'GET',
  path: '/internal/follows',
  summary: 'Every pair that follows or once did, by id, with the sequence of its last event: to make a copy anew',
  access: { services: ['media'] },
  scope: null,
  query: z.strictObject(snapshotQuery),
  answer: pageOf(pair),
})
