import { z } from 'zod'
import { characters } from '../define/characters.js'
import { defineApi, pageOf } from '../define/define-api.js'
import { field } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { consentReceipt, noticeVersion, purpose } from './consent-fields.js'
import { technical } from './fields.js'

export const useReason = named(
  'ConsentUseReason',
  z.enum(['recipient-choice', 'choice', 'global-privacy-control', 'default', 'account-hidden']),
)

const consentState = named(
  'Consent',
  z.strictObject({
    purpose,
    granted: technical(z.boolean(), 'consent'),
    noticeVersion: technical(noticeVersion.nullable(), 'consent', 'the privacy policy that was in force'),
    receiptId: field(z.uuid().nullable(), { classification: 'identifier', purpose: 'consent' }),
    changedAt: technical(z.iso.datetime().nullable(), 'consent', 'null: never asked, so not given'),
    effective: technical(
      named('EffectiveConsent', z.strictObject({ allowed: z.boolean(), reason: useReason })),
      'consent',
      'what holds for this browser, by my stored choice first, then by its `Sec-GPC`, then by default',
    ),
  }),
)

export const getConsents = defineApi({
  name: 'getConsents',
  service: 'identity',
  method: 'GET',
  path: '/v1/me/consents',
  summary: 'What I consented to; every purpose is listed, and nothing is given until I give it',
  access: 'member',
  closing: true,
  scope: 'account:read',
  answer: pageOf(consentState),
})

export const changeConsent = defineApi({
  name: 'changeConsent',
  service: 'identity',
  method: 'PUT',
  path: '/v1/me/consents/{purpose}',
  summary:
    'Gives or withdraws consent for one purpose. Giving needs the notice in force and the token of a form that was shown; withdrawing needs nothing and is never refused. The same again has the same receipt.',
  access: 'member',
  closing: true,
  scope: null,
  params: z.strictObject({ purpose }),
  body: z.strictObject({
    granted: technical(z.boolean(), 'consent'),
    noticeVersion: technical(
      shownAs(characters(0, 1_024).nullish(), '2015-03-14'),
      'consent',
      'version of the privacy policy that was shown; not read when withdrawing',
    ),
    served: technical(
      characters(0, 4_096).nullish(),
      'consent',
      'the token of the form that was shown; not read when withdrawing, unless it is good',
    ),
  }),
  status: 200,
  answer: consentReceipt,
  problems: [
    'identity.account-closing',
    'identity.account-not-found',
    'identity.policy-outdated',
    'identity.served-expired',
    'identity.served-for-another-account',
    'identity.served-for-another-notice',
    'identity.served-for-another-purpose',
    'identity.served-invalid',
    'identity.served-missing',
    'identity.served-used',
    'rate-limited',
  ],
})
