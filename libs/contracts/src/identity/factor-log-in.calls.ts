import { z } from 'zod'
import { characters } from '../define/characters.js'
import { defineApi } from '../define/define-api.js'
import { id } from '../define/field.js'
import { shownAs } from '../define/named.js'
import { oneOf } from '../define/one-of.js'
import { secret } from './fields.js'
import { passkeyAssertion } from './proof.calls.js'
import { newSession } from './session.calls.js'

export const completeLogIn = defineApi({
  name: 'completeLogIn',
  service: 'identity',
  method: 'POST',
  path: '/v1/sessions/{id}/factor',
  summary:
    'Completes a log-in that was answered with `identity.factor-needed`. It takes five tries within ten minutes; wrong ones count, as wrong passwords do.',
  access: 'anonymous',
  scope: null,
  params: z.strictObject({ id: id('security') }),
  body: oneOf(
    {},
    {
      code: secret(shownAs(characters(1, 32), '492039').optional(), 'of the authenticator app'),
      recoveryCode: secret(shownAs(characters(1, 64), 'k7m2-9fqx-3tbd-w6hn-r4zc-8vpa-j5ye').optional()),
      passkey: passkeyAssertion.optional(),
    },
    { code: '492039' },
  ),
  status: 201,
  answer: newSession,
  problems: [
    'identity.factor-failed',
    'identity.log-in-expired',
    'identity.login-failed',
    'identity.account-locked',
    'rate-limited',
  ],
})
