import { z } from 'zod'
import { characters } from '../define/characters.js'
import { defineApi, pageOf, pageQuery } from '../define/define-api.js'
import { field, id, time } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { consentPurpose } from './consent.events.js'
import { technical } from './fields.js'

const purpose = technical(named('ConsentPurpose', consentPurpose), 'consent')

const noticeVersion = shownAs(z.string(), '2015-03-14')

const consentState = named(
  'Consent',
  z.strictObject({
    purpose,
    granted: technical(z.boolean(), 'consent'),
    noticeVersion: technical(noticeVersion.nullable(), 'consent', 'the privacy policy that was shown'),
    receiptId: field(z.uuid().nullable(), { classification: 'identifier', purpose: 'consent' }),
    changedAt: technical(z.iso.datetime().nullable(), 'consent', 'null: never asked, so not given'),
  }),
)

const consentReceipt = named(
  'ConsentReceipt',
  z.strictObject({
    receiptId: id('consent'),
    sequence: technical(z.int().positive(), 'consent', 'counts my entries from 1'),
    purpose,
    granted: technical(z.boolean(), 'consent'),
    noticeVersion: technical(noticeVersion, 'consent'),
    changedAt: time('consent'),
    previousHash: technical(shownAs(z.string().nullable(), null), 'consent', 'hash of the entry before'),
    hash: technical(z.string(), 'consent', 'SHA-256 over this entry and `previousHash`, as base64url'),
    signature: technical(z.string(), 'consent', 'ES256 over `hash`, as base64url'),
    keyId: technical(z.string(), 'consent', 'the key that signed'),
  }),
)

export const getConsents = defineApi({
  name: 'getConsents',
  service: 'identity',
  method: 'GET',
  path: '/v1/me/consents',
  summary: 'What I consented to; every purpose is listed, and nothing is given until I give it',
  access: 'member',
  scope: 'account:read',
  answer: pageOf(consentState),
})

export const changeConsent = defineApi({
  name: 'changeConsent',
  service: 'identity',
  method: 'PUT',
  path: '/v1/me/consents/{purpose}',
  summary: 'Gives or withdraws consent for one purpose',
  access: 'member',
  scope: null,
  params: z.strictObject({ purpose }),
  body: z.strictObject({
    granted: technical(z.boolean(), 'consent'),
    noticeVersion: technical(
      shownAs(characters(1, 32), '2015-03-14'),
      'consent',
      'version of the privacy policy that was shown',
    ),
  }),
  status: 200,
  answer: consentReceipt,
  problems: ['identity.policy-outdated', 'rate-limited'],
})

export const getConsentHistory = defineApi({
  name: 'getConsentHistory',
  service: 'identity',
  method: 'GET',
  path: '/v1/me/consents/history',
  summary: 'Every change of my consents, oldest first; each entry is chained to the one before and signed',
  access: 'member',
  scope: 'account:read',
  query: z.strictObject(pageQuery),
  answer: pageOf(consentReceipt),
  problems: ['cursor-invalid'],
})
