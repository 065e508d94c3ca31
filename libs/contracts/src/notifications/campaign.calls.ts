import { z } from 'zod'
import { defineApi, pageOf, pageQuery } from '../define/define-api.js'
import { id, time } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { category, mail } from './fields.js'

const campaign = named(
  'Campaign',
  z.strictObject({
    id: id('mail'),
    category: shownAs(category, 'legal'),
    kind: mail(shownAs(z.string(), 'policy-changed')),
    document: mail(shownAs(z.string().nullable(), 'privacy'), 'the document that it tells of'),
    version: mail(shownAs(z.string().nullable(), '2027-01-01')),
    status: mail(named('CampaignStatus', z.enum(['running', 'finished'])), 'finished: each recipient has a mail'),
    queued: mail(z.int().nonnegative(), 'recipients whose mails were made so far'),
    startedAt: time('mail'),
    finishedAt: time('mail').nullable(),
  }),
)

export const listCampaigns = defineApi({
  name: 'listCampaigns',
  service: 'notifications',
  method: 'GET',
  path: '/v1/admin/campaigns',
  summary: 'The mails to many: how far each has come, the latest first',
  access: { roles: ['campaigns', 'policy', 'operator'] },
  scope: null,
  query: z.strictObject(pageQuery),
  answer: pageOf(campaign),
  problems: ['cursor-invalid'],
})
