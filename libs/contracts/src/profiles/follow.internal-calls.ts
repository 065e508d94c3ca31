import { z } from 'zod'
import { defineApi, pageOf, snapshotQuery } from '../define/define-api.js'
import { uuid } from '../define/field.js'

export const followSnapshot = defineApi({
  name: 'followSnapshot',
  service: 'profiles',
  method: 'GET',
  path: '/internal/follows',
  summary: 'Every pair that follows or once did, by id, with the sequence of its last event: to make a copy anew',
  access: { services: ['media'] },
  scope: null,
  query: z.strictObject(snapshotQuery),
  answer: pageOf(z.strictObject({ followerId: uuid, followedId: uuid, active: z.boolean(), sequence: z.int().min(1) })),
})
