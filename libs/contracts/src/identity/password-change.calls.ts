import { z } from 'zod'
import { characters } from '../define/characters.js'
import { defineApi } from '../define/define-api.js'
import { shownAs } from '../define/named.js'
import { newPassword, secret } from './fields.js'

export const changePassword = defineApi({
  name: 'changePassword',
  service: 'identity',
  method: 'PUT',
  path: '/v1/me/password',
  summary: 'Changes my password. All of my other sessions end.',
  access: 'member',
  unverified: true,
  proof: true,
  scope: null,
  body: z.strictObject({
    currentPassword: secret(shownAs(characters(1, 256), 'correct horse battery 7')),
    newPassword,
  }),
  problems: ['identity.proof-failed', 'identity.session-ended', 'identity.busy', 'rate-limited'],
})
