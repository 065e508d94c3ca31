import { z } from 'zod'
import { defineEvent, defineTopic, forEver } from '../define/define-event.js'
import { field, time } from '../define/field.js'
import { vocabulary } from '../define/vocabulary.js'

const policyTopic = defineTopic({
  name: 'identity.policy',
  partitions: 1,
  retention: forEver,
  publishers: ['identity'],
})

export const policyDocuments = vocabulary('policy document', {
  privacy: 'the privacy policy',
  terms: 'the terms of use',
})

export const policyPublished = defineEvent({
  type: 'identity.policy.published.v1',
  topic: policyTopic,
  summary: 'A version of a policy document was published; it never changes again.',
  key: 'document',
  data: {
    document: field(policyDocuments.open, { classification: 'public', purpose: 'administration' }),
    version: field(z.string().max(32), { classification: 'public', purpose: 'administration' }),
    effectiveAt: time('administration'),
  },
  example: { document: 'privacy', version: '2015-03-14', effectiveAt: '2015-03-14T00:00:00.000Z' },
})
