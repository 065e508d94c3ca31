import { z } from 'zod'
import { characters } from '../define/characters.js'
import { defineApi } from '../define/define-api.js'
import { time } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { oneTimeToken, personal, secret } from './fields.js'

export const requestFactorRecovery = defineApi({
  name: 'requestFactorRecovery',
  service: 'identity',
  method: 'POST',
  path: '/v1/factor-recoveries',
  summary:
    'For somebody who has lost every factor: sends a mail with a link that starts their removal, if the account has any. Takes the password, unchanged for seven days.',
  access: 'anonymous',
  scope: null,
  body: z.strictObject({
    login: personal(shownAs(characters(1, 254), 'ansel_a'), 'account', 'handle or verified e-mail address'),
    password: secret(shownAs(characters(1, 256), 'correct horse battery 7')),
  }),
  status: 202,
  problems: ['identity.login-failed', 'identity.password-too-new', 'identity.busy', 'rate-limited'],
})

export const confirmFactorRecovery = defineApi({
  name: 'confirmFactorRecovery',
  service: 'identity',
  method: 'POST',
  path: '/v1/factor-recoveries/confirm',
  summary:
    'Starts the removal of all factors with the token of the mail. It takes 72 hours; mails tell of it at once and daily, and any log-in or a click in one of them cancels it.',
  access: 'anonymous',
  scope: null,
  body: z.strictObject({ token: oneTimeToken }),
  status: 200,
  answer: named('FactorRecovery', z.strictObject({ dueAt: time('security') })),
  problems: ['identity.link-expired'],
})

export const cancelFactorRecovery = defineApi({
  name: 'cancelFactorRecovery',
  service: 'identity',
  method: 'POST',
  path: '/v1/factor-recoveries/cancel',
  summary: 'Keeps the factors, with the token of any mail about their removal',
  access: 'anonymous',
  scope: null,
  body: z.strictObject({ token: oneTimeToken }),
  problems: ['identity.link-expired'],
})

export const cancelMyFactorRecovery = defineApi({
  name: 'cancelMyFactorRecovery',
  service: 'identity',
  method: 'DELETE',
  path: '/v1/factor-recoveries',
  summary: 'Keeps my factors, where their removal is under way',
  access: 'member',
  scope: null,
})
