import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { id } from '../define/field.js'
import { technical } from './fields.js'

const accountId = id('security')

export const rolesVersions = defineApi({
  name: 'rolesVersions',
  service: 'identity',
  method: 'POST',
  path: '/internal/roles-versions',
  summary: 'Which roles these accounts have in which version; asked by a gateway that has not heard from Kafka for 2 s',
  access: { services: ['gateway'] },
  scope: null,
  body: z.strictObject({ accountIds: z.array(accountId).min(1).max(500) }),
  status: 200,
  answer: z.strictObject({
    items: z.array(z.strictObject({ accountId, rolesVersion: technical(z.int(), 'security') })),
  }),
})
