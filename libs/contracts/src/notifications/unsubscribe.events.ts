import { days, defineEvent, defineTopic } from '../define/define-event.js'
import { field, id, time } from '../define/field.js'
import { consentPurposes } from '../identity/consent.events.js'

const unsubscribeTopic = defineTopic({
  name: 'notifications.unsubscribe',
  partitions: 3,
  retention: days(30),
  publishers: ['notifications'],
})

export const unsubscribeRequested = defineEvent({
  type: 'notifications.unsubscribe.requested.v1',
  topic: unsubscribeTopic,
  summary: 'Somebody used the link in a mail that came by consent: the consent is withdrawn.',
  key: 'accountId',
  data: {
    accountId: id('consent'),
    purpose: field(consentPurposes.open, { classification: 'technical', purpose: 'consent' }),
    requestedAt: time('consent'),
  },
  example: {
    accountId: '01931f3e-0000-7000-8000-000000000001',
    purpose: 'email-news',
    requestedAt: '2026-03-01T12:00:00.000Z',
  },
})
