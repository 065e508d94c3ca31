import { z } from 'zod'
import { field, id, time } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { vocabulary } from '../define/vocabulary.js'
import { consentPurpose } from './consent.events.js'
import { technical } from './fields.js'

/** Where somebody answered. */
export const consentSurfaces = vocabulary('consent surface', {
  api: 'a program that showed the form',
  page: 'a page of the site',
  'one-click': 'the link in a mail, which withdraws only',
})

export const ledgerKinds = vocabulary('ledger kind', {
  consent: 'the person gave or withdrew consent',
  notice: 'the person was told of a document or of a recipient',
  disclosure: 'data of the person was given to somebody',
  look: 'a member of the staff looked at data of the person',
  erasure: 'the person was erased, and with them what the entries before said',
})

export const purpose = technical(named('ConsentPurpose', consentPurpose), 'consent')
export const noticeVersion = shownAs(z.string(), '2015-03-14')

export const choice = named(
  'ConsentChoice',
  z.strictObject({
    granted: technical(z.boolean(), 'consent'),
    label: technical(z.string(), 'consent', 'as it stands on the button; none is chosen in advance'),
  }),
)

const served = named(
  'ServedConsentForm',
  z.strictObject({
    id: id('consent', 'of the token'),
    language: technical(z.string(), 'consent'),
    textVersion: technical(z.string(), 'consent'),
    textHash: technical(z.string(), 'consent'),
    choices: technical(z.array(choice), 'consent'),
    shownAt: time('consent'),
  }),
)

/** What an entry commits to. Fields that its kind does not have are left out. */
const ledgerPayload = named(
  'LedgerPayload',
  z.strictObject({
    accountId: id('consent'),
    receiptId: id('consent'),
    changedAt: time('consent'),
    purpose: technical(z.string().optional(), 'consent', 'consent: for what'),
    granted: technical(z.boolean().optional(), 'consent', 'consent: the answer'),
    noticeVersion: technical(noticeVersion.optional(), 'consent', 'the privacy policy in force'),
    surface: technical(consentSurfaces.open.optional(), 'consent', 'consent: where it was answered'),
    served: technical(served.nullish(), 'consent', 'consent: what was shown; null for a withdrawal without a form'),
    document: technical(z.string().optional(), 'consent', 'notice: which document or recipient'),
    recipient: technical(z.string().optional(), 'consent', 'disclosure: who received it'),
    ground: technical(z.string().optional(), 'consent', 'disclosure: on which ground'),
    staffId: field(z.uuid().optional(), {
      classification: 'identifier',
      purpose: 'consent',
      description: 'look: the account that looked',
    }),
    reason: field(z.string().optional(), {
      classification: 'personal',
      purpose: 'consent',
      description: 'look: why, in the words of the staff',
    }),
    fields: technical(z.array(z.string()).optional(), 'consent', 'disclosure and look: which data'),
  }),
)

/** An entry of a ledger with all that a check without our code needs. */
export const consentReceipt = named(
  'ConsentReceipt',
  z.strictObject({
    receiptId: field(z.uuid().nullable(), { classification: 'identifier', purpose: 'consent' }),
    version: technical(z.int().positive(), 'consent', 'of the form of this entry'),
    kind: technical(ledgerKinds.open, 'consent'),
    sequence: technical(z.int().positive(), 'consent', 'counts the entries of my ledger from 1'),
    day: technical(z.iso.date(), 'consent', 'in UTC'),
    purpose: technical(z.string().nullable(), 'consent', 'null: the entry is of another kind'),
    granted: technical(z.boolean().nullable(), 'consent'),
    noticeVersion: technical(noticeVersion.nullable(), 'consent', 'the privacy policy in force'),
    changedAt: technical(z.iso.datetime().nullable(), 'consent'),
    previousHash: technical(shownAs(z.string().nullable(), null), 'consent', 'hash of the entry before'),
    commitment: technical(z.string().nullable(), 'consent', 'SHA-256 over salt and payload; null in version 1'),
    salt: technical(z.string().nullable(), 'consent', 'random; null in version 1'),
    payload: technical(ledgerPayload.nullable(), 'consent', 'what the entry says; null once it was erased'),
    hash: technical(z.string(), 'consent', 'SHA-256 over this entry and `previousHash`, as base64url'),
    signature: technical(z.string(), 'consent', 'ES256 over `hash`, as base64url'),
    keyId: technical(z.string(), 'consent', 'the key that signed, in `/.well-known/receipt-keys.json`'),
  }),
)
