import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { uuid } from '../define/field.js'

export const revokedSessions = defineApi({
  name: 'revokedSessions',
  service: 'identity',
  method: 'POST',
  path: '/internal/revoked-sessions',
  summary: 'Which of these sessions have ended; asked by a gateway that has not heard from Kafka for 2 s',
  access: { services: ['gateway'] },
  scope: null,
  body: z.strictObject({ sessionIds: z.array(uuid).min(1).max(500) }),
  status: 200,
  answer: z.strictObject({ revoked: z.array(uuid) }),
})
