import { z } from 'zod'
import { characters } from '../define/characters.js'
import { defineApi } from '../define/define-api.js'
import { time } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { secret, technical } from './fields.js'

const code = secret(shownAs(characters(6, 6), '492039'), 'six digits of the authenticator app')

const recoveryCodes = named(
  'RecoveryCodes',
  z.strictObject({
    recoveryCodes: secret(
      z.array(shownAs(z.string(), 'k7m2-9fqx-3tbd-w6hn-r4zc-8vpa-j5ye')),
      'shown this once; each works once, in place of a factor',
    ),
  }),
)

const authenticators = named(
  'Authenticators',
  z.strictObject({
    totp: named('TotpState', z.strictObject({ confirmedAt: time('security') })).nullable(),
    recoveryCodesLeft: technical(shownAs(z.int().nonnegative(), 10), 'security'),
    passkeys: technical(shownAs(z.int().nonnegative(), 1), 'security', 'how many; `GET /v1/me/passkeys` lists them'),
  }),
)

export const listAuthenticators = defineApi({
  name: 'listAuthenticators',
  service: 'identity',
  method: 'GET',
  path: '/v1/me/authenticators',
  summary: 'What my log-in takes beside the password, without any secret',
  access: 'member',
  scope: null,
  answer: authenticators,
})

export const beginTotp = defineApi({
  name: 'beginTotp',
  service: 'identity',
  method: 'POST',
  path: '/v1/me/authenticators/totp',
  summary:
    'Makes a secret for an authenticator app (RFC 6238). It counts once `…/confirm` has seen a code of it; another call makes another secret.',
  access: 'member',
  proof: true,
  scope: null,
  status: 201,
  answer: named(
    'NewTotp',
    z.strictObject({
      secret: secret(shownAs(z.string(), 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'), 'base32, shown this once'),
      uri: secret(
        shownAs(z.string(), 'otpauth://totp/Million%20Pictures:ansel_a?secret=JBSWY3DPEHPK3PXP'),
        'for a QR code, which an app reads',
      ),
    }),
  ),
  problems: ['identity.totp-active'],
})

export const confirmTotp = defineApi({
  name: 'confirmTotp',
  service: 'identity',
  method: 'POST',
  path: '/v1/me/authenticators/totp/confirm',
  summary:
    'Makes the authenticator app count, by a code of it. All of my other sessions end. Answers ten recovery codes, unless I have some.',
  access: 'member',
  proof: true,
  scope: null,
  body: z.strictObject({ code }),
  status: 200,
  answer: recoveryCodes,
  problems: ['identity.factor-failed', 'identity.factor-not-found', 'identity.totp-active', 'rate-limited'],
})

export const removeTotp = defineApi({
  name: 'removeTotp',
  service: 'identity',
  method: 'DELETE',
  path: '/v1/me/authenticators/totp',
  summary: 'Takes the authenticator app out. All of my other sessions end. The recovery codes go with the last factor.',
  access: 'member',
  proof: true,
  scope: null,
  problems: ['identity.factor-not-found'],
})

export const makeRecoveryCodes = defineApi({
  name: 'makeRecoveryCodes',
  service: 'identity',
  method: 'POST',
  path: '/v1/me/authenticators/recovery-codes',
  summary: 'Makes ten new recovery codes; the former ones are good no more',
  access: 'member',
  proof: true,
  scope: null,
  status: 201,
  answer: recoveryCodes,
  problems: ['identity.factor-not-found'],
})
