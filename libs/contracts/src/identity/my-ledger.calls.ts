import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { field, time } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { technical } from './fields.js'

const words = (description: string) => technical(shownAs(z.string(), 'Example'), 'consent', description).optional()

/** What one entry of my ledger says. Words that its kind does not have are left out. */
export const ledgerRow = named(
  'LedgerRow',
  z.strictObject({
    at: time('consent'),
    receiptId: field(z.uuid(), {
      classification: 'identifier',
      purpose: 'consent',
      description: 'of the signed entry',
    }),
    noticeVersion: words('the privacy policy that was in force'),
    purpose: words('of a consent: for what'),
    granted: technical(z.boolean(), 'consent', 'of a consent: the answer').optional(),
    document: words('of a notice: of what I was told'),
    recipient: words('of a disclosure: who received it'),
    ground: words('of a disclosure: on which ground'),
    staffId: words('of a look: the account of the staff'),
    reason: words('of a look: why'),
    fields: technical(
      z.array(shownAs(z.string(), 'email')),
      'consent',
      'of a disclosure or look: which data',
    ).optional(),
  }),
)

const rows = (description: string) => technical(z.array(ledgerRow), 'consent', description)

export const myLedger = z.strictObject({
  received: rows('who received data about me, newest first'),
  looks: rows('which staff looked at data about me, newest first'),
  consents: rows('what I agreed to, and what I withdrew, newest first'),
  notices: rows('of what I was told, newest first'),
  closing: technical(
    z.iso.datetime().nullable(),
    'account',
    'when everything is erased, if my account is being closed',
  ),
})

/** What identity knows; the gateway adds what each service holds. */
export const getMyLedger = defineApi({
  name: 'getMyLedger',
  service: 'identity',
  method: 'GET',
  path: '/v1/me/privacy',
  summary: 'What is held about me, why, until when, who received it, and which staff looked at it',
  access: 'member',
  unverified: true,
  closing: true,
  scope: null,
  answer: named('MyLedger', myLedger),
})
