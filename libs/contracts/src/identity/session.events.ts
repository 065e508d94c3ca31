import { z } from 'zod'
import { days, defineEvent, defineTopic } from '../define/define-event.js'
import { field, id, NOBODY, time } from '../define/field.js'
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
  summary:
    'Somebody logged in from a new device; of any other log-in nothing is told (B31). Times are cut to the hour.',
  key: 'sessionId',
  data: {
    accountId: id('account'),
    sessionId: id('security'),
    newDevice: field(z.boolean(), {
      classification: 'technical',
      purpose: 'security',
      description:
        'earlier sessions of this account came from other browsers only; earlier versions told of all log-ins',
    }),
  },
  example: { accountId: ACCOUNT, sessionId: '9f2c6a58-3f0e-4a55-8c1d-5d1f0b6f2a77', newDevice: true },
})

export const sessionRevoked = defineEvent({
  type: 'identity.session.revoked.v1',
  topic: sessionTopic,
  summary: 'A session ended; its access tokens are refused everywhere from now on. Times are cut to the hour (B31).',
  key: 'sessionId',
  data: {
    accountId: id(
      'account',
      'the nil UUID: it names no account; replicas of an earlier version do not read it without',
    ),
    sessionId: id('security'),
    expiresAt: time('security', 'the hour before which the last access token of this session expires anyway'),
  },
  example: { accountId: NOBODY, sessionId: '9f2c6a58-3f0e-4a55-8c1d-5d1f0b6f2a77', expiresAt: AT },
})
