import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { email, newPassword, oneTimeToken } from './fields.js'

export const requestPasswordReset = defineApi({
  name: 'requestPasswordReset',
  service: 'identity',
  method: 'POST',
  path: '/v1/password-resets',
  summary: 'Sends a mail with a link to choose a new password, if there is such an account. Always 202.',
  access: 'anonymous',
  scope: null,
  body: z.strictObject({ email }),
  status: 202,
})

export const confirmPasswordReset = defineApi({
  name: 'confirmPasswordReset',
  service: 'identity',
  method: 'POST',
  path: '/v1/password-resets/confirm',
  summary: 'Sets a new password with the token of the reset mail. Every session ends.',
  access: 'anonymous',
  scope: null,
  body: z.strictObject({ token: oneTimeToken, newPassword }),
  problems: ['identity.link-expired'],
})
