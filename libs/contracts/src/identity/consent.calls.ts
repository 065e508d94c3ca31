import { z } from 'zod'
import { defineApi, pageOf, pageQuery } from '../define/define-api.js'
import { field, id, time } from '../define/field.js'
import { consentPurpose } from './consent.events.js'
import { technical } from './fields.js'

const purpose = technical(consentPurpose, 'consent')

const consentState = {
  purpose,
  granted: technical(z.boolean(), 'consent'),
  noticeVersion: technical(z.string().nullable(), 'consent', 'the privacy policy that was shown'),
  receiptId: field(z.uuid().nullable(), { classification: 'identifier', purpose: 'consent' }),
  changedAt: technical(z.iso.datetime().nullable(), 'consent', 'null: never asked, so not given'),
}

const consentReceipt = z.strictObject({
  receiptId: id('consent'),
  sequence: technical(z.int().positive(), 'consent', 'counts my entries from 1'),
  purpose,
  granted: technical(z.boolean(), 'consent'),
  noticeVersion: technical(z.string(), 'consent'),
  changedAt: time('consent'),
  previousHash: technical(z.string().nullable(), 'consent', 'hash of the entry before'),
  hash: technical(z.string(), 'consent', 'SHA-256 over this entry and `previousHash`, as base64url'),
  signature: technical(z.string(), 'consent', 'ES256 over `hash`, as base64url'),
  keyId: technical(z.string(), 'consent', 'the key that signed'),
})

export const getConsents = defineApi({
  name: 'getConsents',
  service: 'identity',
  method: 'GET',
  path: '/v1/me/consents',
  summary: 'What I consented to; every purpose is listed, and nothing is given until I give it',
  access: 'member',
  scope: 'account:read',
  answer: pageOf(z.strictObject(consentState)),
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
    noticeVersion: technical(z.string().min(1).max(32), 'consent', 'version of the privacy policy that was shown'),
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
