import { z } from 'zod'
import { defineApi, pageOf, snapshotQuery } from '../define/define-api.js'
import { id } from '../define/field.js'
import { technical } from './fields.js'

const standing = z.strictObject({
  accountId: id('account'),
  hidden: technical(z.boolean(), 'account'),
  sequence: technical(z.int().nonnegative(), 'account'),
})

export const standingSnapshot = defineApi({
  name: 'standingSnapshot',
  service: 'identity',
  method: 'GET',
  path: '/internal/account-standings',
  summary: 'Of each account whether others may see it, as of which of its events: for services that rebuild',
  access: { services: ['profiles', 'media'] },
  scope: null,
  query: z.strictObject(snapshotQuery),
  answer: pageOf(standing),
})
