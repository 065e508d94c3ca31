import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { locale } from './account.events.js'
import { documentName, open, policyVersion, technical } from './fields.js'

export const policyNotice = defineApi({
  name: 'policyNotice',
  service: 'identity',
  method: 'GET',
  path: '/internal/policies/{document}/{version}/notice',
  summary: 'What a mail says of a published version',
  access: { services: ['notifications'] },
  scope: null,
  params: z.strictObject({ document: documentName, version: open(z.string().max(32)) }),
  query: z.strictObject({ locale: technical(locale, 'mail') }),
  answer: z.strictObject({
    summary: open(z.string()),
    supersedes: policyVersion('the version before').nullable(),
  }),
  problems: ['identity.policy-not-found'],
})
