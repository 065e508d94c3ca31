import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { uuid } from '../define/field.js'
import { useReason } from './consent.calls.js'
import { consentPurpose } from './consent.events.js'

const question = z.strictObject({
  accountId: uuid,
  purpose: consentPurpose,
  /** The request that the decision is for said `Sec-GPC: 1`. */
  gpc: z.boolean().default(false),
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
    policyVersion: z.string(),
    decidedAt: z.iso.datetime(),
    items: z.array(
      z.strictObject({ accountId: uuid, purpose: consentPurpose, allowed: z.boolean(), reason: useReason }),
    ),
  }),
})
