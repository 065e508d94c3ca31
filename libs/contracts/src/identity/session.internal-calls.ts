import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { id, time } from '../define/field.js'
import { secret, technical } from './fields.js'

export const revokedSessions = defineApi({
  name: 'revokedSessions',
  service: 'identity',
  method: 'POST',
  path: '/internal/revoked-sessions',
  summary: 'Which of these sessions have ended; asked by a gateway that has not heard from Kafka for 2 s',
  access: { services: ['gateway'] },
  scope: null,
  body: z.strictObject({ sessionIds: z.array(id('security')).min(1).max(500) }),
  status: 200,
  answer: z.strictObject({ revoked: z.array(id('security')) }),
})

const pageSecret = secret(z.string().regex(/^[0-9a-f]{128}$/), 'what the cookie of the pages holds')

export const openPages = defineApi({
  name: 'openPages',
  service: 'identity',
  method: 'POST',
  path: '/internal/page-sessions',
  summary:
    'Makes a session that was opened a moment ago one for the pages of the site: its refresh token ends, and a secret for a cookie takes its place',
  access: { services: ['gateway'] },
  scope: null,
  body: z.strictObject({ refreshToken: secret(z.string().max(256)) }),
  status: 200,
  answer: z.strictObject({
    pageSecret,
    sharedComputer: technical(z.boolean(), 'security'),
    expiresAt: time('security'),
  }),
  problems: ['identity.refresh-invalid', 'identity.session-ended'],
})

export const enterPages = defineApi({
  name: 'enterPages',
  service: 'identity',
  method: 'POST',
  path: '/internal/page-sessions/entries',
  summary: 'Who the holder of such a secret is at this moment, as an access token; keeps the session from idling out',
  access: { services: ['gateway'] },
  scope: null,
  body: z.strictObject({ pageSecret }),
  status: 200,
  answer: z.strictObject({ accessToken: secret(z.string()) }),
  problems: ['identity.session-ended'],
})
