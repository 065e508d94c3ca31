import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { id, time } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { lineOfText } from '../define/text.js'
import { toAccept } from './acceptance.calls.js'
import { email, handle, language, newPassword, oneTimeToken, personal, policyVersion, technical } from './fields.js'
import { timeZone } from '../define/time-zone.js'

const shownHandle = shownAs(z.string(), 'ansel_a')

const acceptedPolicies = named(
  'AcceptedPolicies',
  z.strictObject({
    terms: policyVersion('version of the Terms that was accepted'),
    privacy: policyVersion('version of the privacy policy that was accepted'),
  }),
)

export const registerAccount = defineApi({
  name: 'registerAccount',
  service: 'identity',
  method: 'POST',
  path: '/v1/accounts',
  summary:
    'Registers. The age is asked first: below 13 nothing is kept (403 `identity.under-age`). An address that somebody else has verified is answered in the same way; the mail tells its owner. Until its address is verified, an account may verify it, read `GET /v1/me` and log off; other calls for members answer 403 `identity.unverified`, public ones as to a visitor.',
  access: 'anonymous',
  scope: null,
  idempotent: true,
  body: z.strictObject({
    email,
    handle,
    password: newPassword,
    fullName: personal(shownAs(lineOfText(100), 'Ansel Example'), 'profile'),
    birthDate: personal(shownAs(z.iso.date(), '1990-05-17'), 'account', 'looked at once and never kept'),
    locale: technical(language.default('en'), 'account'),
    accepted: acceptedPolicies,
  }),
  status: 201,
  answer: named(
    'NewAccount',
    z.strictObject({
      id: id('account'),
      handle: personal(shownHandle, 'account'),
      status: technical(z.literal('unverified'), 'account'),
    }),
  ),
  problems: ['identity.under-age', 'identity.policy-outdated', 'identity.handle-taken'],
})

export const verifyEmail = defineApi({
  name: 'verifyEmail',
  service: 'identity',
  method: 'POST',
  path: '/v1/accounts/verify-email',
  summary:
    'Proves an address with the token of the verification mail. The links of other accounts that wait for the same address end.',
  access: 'anonymous',
  scope: null,
  idempotent: true,
  body: z.strictObject({ token: oneTimeToken }),
  problems: ['identity.link-expired', 'identity.email-taken'],
})

export const requestVerificationMail = defineApi({
  name: 'requestVerificationMail',
  service: 'identity',
  method: 'POST',
  path: '/v1/accounts/verification-mails',
  summary:
    'Sends the verification mail again, with a link for each account that waits for the address, if there is one. At most three mails come in an hour, later ones wait. Always 202.',
  access: 'anonymous',
  scope: null,
  idempotent: true,
  body: z.strictObject({ email }),
  status: 202,
})

const me = named(
  'Account',
  z.strictObject({
    id: id('account'),
    handle: personal(shownHandle, 'account'),
    email: personal(shownAs(z.string(), 'ansel@people.example'), 'mail'),
    emailVerified: technical(z.boolean(), 'mail'),
    locale: technical(language, 'account'),
    timeZone: personal(shownAs(z.string(), 'Europe/Berlin'), 'account'),
    roles: technical(z.array(shownAs(z.string(), 'member')), 'administration'),
    createdAt: time('account'),
    toAccept,
    closure: named(
      'MyClosure',
      z.strictObject({
        requestedAt: time('account'),
        erasesAt: time('account', 'until then I can restore the account'),
      }),
    ).optional(),
  }),
)

/** The account as identity knows it; the gateway adds `fullName`, which profiles keeps. */
export const getMe = defineApi({
  name: 'getMe',
  service: 'identity',
  method: 'GET',
  path: '/v1/me',
  summary: 'My account',
  access: 'member',
  unverified: true,
  closing: true,
  scope: 'account:read',
  answer: me,
})

export const changeMe = defineApi({
  name: 'changeMe',
  service: 'identity',
  method: 'PATCH',
  path: '/v1/me',
  summary: 'Changes language and time zone',
  access: 'member',
  scope: 'account:write',
  body: z.strictObject({
    locale: technical(language.optional(), 'account'),
    timeZone: personal(
      shownAs(timeZone, 'Europe/Berlin').optional(),
      'account',
      'a place, e.g. `Europe/Berlin`; mails tell times there',
    ),
  }),
  answer: me,
  problems: ['precondition-failed'],
})
