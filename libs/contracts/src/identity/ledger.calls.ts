import { z } from 'zod'
import { defineApi, pageOf, pageQuery } from '../define/define-api.js'
import { id } from '../define/field.js'
import { named } from '../define/named.js'
import { consentReceipt } from './consent-fields.js'
import { open, technical } from './fields.js'
import { signingKeys } from './signing-key.calls.js'

export const getConsentHistory = defineApi({
  name: 'getConsentHistory',
  service: 'identity',
  method: 'GET',
  path: '/v1/me/consents/history',
  summary:
    'Every entry of my ledger, oldest first, whatever its kind; each is chained to the one before and signed. `docs/verify-ledger.mjs` checks them without our code.',
  access: 'member',
  scope: 'account:read',
  query: z.strictObject(pageQuery),
  answer: pageOf(consentReceipt),
  problems: ['cursor-invalid'],
})

const step = named(
  'LedgerProofStep',
  z.strictObject({
    side: open(named('LedgerProofSide', z.enum(['left', 'right'])), 'on which side the other hash stands'),
    hash: open(z.string()),
  }),
)

export const getLedgerProof = defineApi({
  name: 'getLedgerProof',
  service: 'identity',
  method: 'GET',
  path: '/v1/me/consents/proofs/{receiptId}',
  summary:
    'Ties one of my entries to the root of its day, which is published on the topic `identity.ledger` and never changes. A day is closed soon after it has ended in UTC.',
  access: 'member',
  scope: 'account:read',
  params: z.strictObject({ receiptId: id('consent') }),
  answer: named(
    'LedgerProof',
    z.strictObject({
      day: technical(z.iso.date(), 'consent'),
      sequence: technical(z.int().positive(), 'consent', 'of my last entry of that day'),
      head: technical(z.string(), 'consent', 'the hash of that entry, to which the one asked for is chained'),
      path: technical(z.array(step), 'consent', 'from the head up; each step hashes left and right'),
      previousRoot: open(z.string().nullable(), 'the root of the day before'),
      root: open(z.string()),
      entries: open(z.int().nonnegative(), 'entries that lie under the root'),
    }),
  ),
  problems: ['identity.receipt-not-found', 'identity.root-not-yet', 'unavailable'],
})

export const getReceiptKeys = defineApi({
  name: 'getReceiptKeys',
  service: 'identity',
  method: 'GET',
  path: '/.well-known/receipt-keys.json',
  summary: 'Public keys of receipts (RFC 7517), former ones included: none ever goes',
  access: 'anonymous',
  scope: 'site:read',
  answer: signingKeys,
})
