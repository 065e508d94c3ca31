import { z } from 'zod'
import { defineApi, pageOf, snapshotQuery } from '../define/define-api.js'
import { uuid } from '../define/field.js'

export const standingSnapshot = defineApi({
  name: 'standingSnapshot',
  service: 'identity',
  method: 'GET',
  path: '/internal/account-standings',
  summary: 'Of each account whether others may see it, as of which of its events: for services that rebuild',
  access: { services: ['profiles', 'media'] },
  scope: null,
  query: z.strictObject(snapshotQuery),
  answer: pageOf(z.strictObject({ accountId: uuid, hidden: z.boolean(), sequence: z.int().nonnegative() })),
})
