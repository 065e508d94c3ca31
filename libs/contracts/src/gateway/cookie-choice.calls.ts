import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { traffic } from './fields.js'

export const chooseCookies = defineApi({
  name: 'chooseCookies',
  service: 'gateway',
  method: 'PUT',
  path: '/v1/privacy/cookies/choice',
  summary:
    'Refuses the cookie for counting browsers, or takes the refusal back. The browser remembers it by a cookie that is the same for everybody who refuses; views still count in totals.',
  access: 'anonymous',
  scope: null,
  body: z.strictObject({
    counting: traffic(z.boolean(), 'false: this browser is given no cookie for counting, and the one that it has ends'),
  }),
  problems: ['gateway.cross-site'],
})
