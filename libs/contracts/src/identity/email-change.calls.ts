import { z } from 'zod'
import { characters } from '../define/characters.js'
import { defineApi } from '../define/define-api.js'
import { named, shownAs } from '../define/named.js'
import { oneOf } from '../define/one-of.js'
import { email, oneTimeToken, secret, technical } from './fields.js'
import { evidence } from './proof.calls.js'

export const changeEmail = defineApi({
  name: 'changeEmail',
  service: 'identity',
  method: 'PUT',
  path: '/v1/me/email',
  summary:
    'Asks for another address. It counts once the link in a mail to it is used; the present address is told, with a link that freezes the change. An account that is not verified has the new address at once, and a new verification mail. Always 202, whoever else has the address.',
  access: 'member',
  unverified: true,
  proof: true,
  scope: null,
  body: z.strictObject({
    currentPassword: secret(shownAs(characters(1, 256), 'correct horse battery 7')),
    newEmail: email,
  }),
  status: 202,
  problems: [
    'identity.proof-failed',
    'identity.email-change-frozen',
    'identity.session-ended',
    'identity.busy',
    'rate-limited',
  ],
})

export const confirmEmailChange = defineApi({
  name: 'confirmEmailChange',
  service: 'identity',
  method: 'POST',
  path: '/v1/me/email/confirm',
  summary:
    'Proves the new address with the token of the mail to it. Every session ends but the one that asked for the change. Refused once that one was ended from elsewhere.',
  access: 'anonymous',
  scope: null,
  body: z.strictObject({ token: oneTimeToken }),
  problems: ['identity.link-expired', 'identity.email-taken', 'identity.email-change-frozen'],
})

export const freezeEmailChange = defineApi({
  name: 'freezeEmailChange',
  service: 'identity',
  method: 'POST',
  path: '/v1/me/email/freeze',
  summary:
    'Freezes a change that is not confirmed yet, with the token of the mail to the present address. Undecided after seven days the present address stays.',
  access: 'anonymous',
  scope: null,
  body: z.strictObject({ token: oneTimeToken }),
  problems: ['identity.link-expired'],
})

export const decideEmailChange = defineApi({
  name: 'decideEmailChange',
  service: 'identity',
  method: 'POST',
  path: '/v1/me/email/freeze/decision',
  summary:
    'Keeps or drops a frozen change: needs the token and a proof, since a mailbox alone must take nothing over. Kept, the link to the new address works for another day; dropped, every session ends.',
  access: 'anonymous',
  scope: null,
  body: oneOf(
    {
      token: oneTimeToken,
      decision: technical(named('EmailChangeDecision', z.enum(['keep', 'drop'])), 'security'),
    },
    evidence,
    { token: 'Zk3v9Qm2tX8cLwY0aB1nRf5e', decision: 'keep', password: 'correct horse battery 7' },
  ),
  problems: ['identity.link-expired', 'identity.proof-failed', 'identity.busy', 'rate-limited'],
})
