import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { locale } from './account.events.js'
import { policyDocuments } from './policy.events.js'

export const policyNotice = defineApi({
  name: 'policyNotice',
  service: 'identity',
  method: 'GET',
  path: '/internal/policies/{document}/{version}/notice',
  summary: 'What a mail says of a published version',
  access: { services: ['notifications'] },
  scope: null,
  params: z.strictObject({ document: policyDocuments.strict, version: z.string().max(32) }),
  query: z.strictObject({ locale }),
  answer: z.strictObject({
    summary: z.string(),
    /** The version before. */
    supersedes: z.string().nullable(),
  }),
  problems: ['identity.policy-not-found'],
})
