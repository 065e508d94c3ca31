import { z } from 'zod'
import { compacted, defineEvent, defineTopic } from '../define/define-event.js'
import { field, id, time } from '../define/field.js'
import { vocabulary } from '../define/vocabulary.js'
import { ACCOUNT, AT } from './examples.js'

const consentTopic = defineTopic({
  name: 'identity.consent',
  partitions: 6,
  retention: compacted,
  publishers: ['identity'],
})

export const consentPurposes = vocabulary('consent purpose', {
  'email-news': 'mails about what is new on the site',
  'email-products': 'mails about products of ours',
  'email-offers': 'mails with offers',
  'third-party-sharing': 'personal data may be shared with third parties',
  'personalised-ads': 'advertisements may be chosen by what is known of the person',
})
export const consentPurpose = consentPurposes.strict

export const consentChanged = defineEvent({
  type: 'identity.consent.changed.v1',
  topic: consentTopic,
  summary: 'Consent for one purpose was given or withdrawn.',
  key: (d) => `${d.accountId}:${d.purpose}`,
  data: {
    accountId: id('consent'),
    purpose: field(consentPurposes.open, { classification: 'technical', purpose: 'consent' }),
    granted: field(z.boolean(), { classification: 'technical', purpose: 'consent' }),
    noticeVersion: field(z.string().max(32), { classification: 'technical', purpose: 'consent' }),
    receiptId: id('consent'),
    changedAt: time('consent'),
  },
  example: {
    accountId: ACCOUNT,
    purpose: 'email-news',
    granted: true,
    noticeVersion: '2015-03-14',
    receiptId: '01931f3e-0000-7000-8000-00000000000d',
    changedAt: AT,
  },
})
