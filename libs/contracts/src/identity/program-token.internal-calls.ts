import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { secret } from './fields.js'

export const exchangeProgramToken = defineApi({
  name: 'exchangeProgramToken',
  service: 'identity',
  method: 'POST',
  path: '/internal/program-tokens/exchange',
  summary: 'A short access token for the token of a program; null for one that is not good, or not any more',
  access: { services: ['gateway'] },
  scope: null,
  body: z.strictObject({ token: secret(z.string().max(64)) }),
  status: 200,
  answer: z.strictObject({ accessToken: secret(z.string().nullable()) }),
})
