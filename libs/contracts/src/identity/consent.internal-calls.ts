import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { id, time } from '../define/field.js'
import { useReason } from './consent.calls.js'
import { consentPurpose } from './consent.events.js'
import { policyVersion, technical } from './fields.js'

const accountId = id('consent')
const purpose = technical(consentPurpose, 'consent')

const question = z.strictObject({
  accountId,
  purpose,
  gpc: technical(z.boolean().default(false), 'consent', 'the request that the decision is for said `Sec-GPC: 1`'),
})

export const decideConsents = defineApi({
  name: 'decideConsents',
  service: 'identity',
  method: 'POST',
  path: '/internal/consent-decisions',
  summary:
    'Whether data of accounts may be used for purposes at this moment, and by which version of the privacy policy. Asked at the moment of use and never kept; unknown and erased accounts allow nothing.',
  access: { services: ['gateway', 'profiles', 'media', 'notifications'] },
  scope: null,
  body: z.strictObject({ items: z.array(question).min(1).max(500) }),
  status: 200,
  answer: z.strictObject({
    policyVersion: policyVersion(),
    decidedAt: time('consent'),
    items: z.array(
      z.strictObject({
        accountId,
        purpose,
        allowed: technical(z.boolean(), 'consent'),
        reason: technical(useReason, 'consent'),
      }),
    ),
  }),
})
