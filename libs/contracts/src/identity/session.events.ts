import { z } from 'zod'
import { days, defineEvent, defineTopic } from '../define/define-event.js'
import { field, id, time } from '../define/field.js'
import { ACCOUNT, AT } from './examples.js'

const sessionTopic = defineTopic({
  name: 'identity.session',
  partitions: 6,
  retention: days(1),
  publishers: ['identity'],
})

export const sessionOpened = defineEvent({
  type: 'identity.session.opened.v1',
  topic: sessionTopic,
  summary: 'Somebody logged in.',
  key: 'sessionId',
  data: {
    accountId: id('account'),
    sessionId: id('security'),
    newDevice: field(z.boolean(), {
      classification: 'technical',
      purpose: 'security',
      description: 'earlier sessions of this account came from other browsers only; false for the very first',
    }),
  },
  example: { accountId: ACCOUNT, sessionId: '01931f3e-0000-7000-8000-00000000000c', newDevice: true },
})

export const sessionRevoked = defineEvent({
  type: 'identity.session.revoked.v1',
  topic: sessionTopic,
  summary: 'A session ended; its access tokens are refused everywhere from now on.',
  key: 'sessionId',
  data: {
    accountId: id('account'),
    sessionId: id('security'),
    expiresAt: time('security', 'when the last access token of this session expires anyway'),
  },
  example: { accountId: ACCOUNT, sessionId: '01931f3e-0000-7000-8000-00000000000c', expiresAt: AT },
})
