import { z } from 'zod'
import { compacted, days, defineEvent, defineTopic, forEver } from '../define-event.js'
import { field, id, time } from '../field.js'

const accountTopic = defineTopic({
  name: 'identity.account',
  partitions: 6,
  retention: days(30),
  publishers: ['identity'],
})
const sessionTopic = defineTopic({
  name: 'identity.session',
  partitions: 6,
  retention: days(1),
  publishers: ['identity'],
})
const consentTopic = defineTopic({
  name: 'identity.consent',
  partitions: 6,
  retention: compacted,
  publishers: ['identity'],
})
const policyTopic = defineTopic({
  name: 'identity.policy',
  partitions: 1,
  retention: forEver,
  publishers: ['identity'],
})

const ACCOUNT = '01931f3e-0000-7000-8000-000000000001'
const AT = '2026-01-31T12:00:00.000Z'

export const locale = z.enum(['en', 'de'])
export const consentPurpose = z.enum([
  'email-news',
  'email-products',
  'email-offers',
  'third-party-sharing',
  'personalised-ads',
])

export const accountRegistered = defineEvent({
  type: 'identity.account.registered.v1',
  topic: accountTopic,
  summary: 'Somebody completed the registration form; the address is not verified yet.',
  key: 'accountId',
  data: {
    accountId: id('account'),
    locale: field(locale, { classification: 'technical', purpose: 'account' }),
    registeredAt: time('account'),
  },
  example: { accountId: ACCOUNT, locale: 'en', registeredAt: AT },
})

export const verificationRequested = defineEvent({
  type: 'identity.account.verification-requested.v1',
  topic: accountTopic,
  summary: 'A mail with a verification link is to be sent; the link is asked for when the mail is made.',
  key: 'accountId',
  data: { accountId: id('account'), verificationId: id('account') },
  example: { accountId: ACCOUNT, verificationId: '01931f3e-0000-7000-8000-00000000000a' },
})

export const emailVerified = defineEvent({
  type: 'identity.account.email-verified.v1',
  topic: accountTopic,
  summary: 'The address was proven to be its owner’s.',
  key: 'accountId',
  data: { accountId: id('account'), verifiedAt: time('account') },
  example: { accountId: ACCOUNT, verifiedAt: AT },
})

export const passwordResetRequested = defineEvent({
  type: 'identity.account.password-reset-requested.v1',
  topic: accountTopic,
  summary: 'A mail with a link to choose a new password is to be sent.',
  key: 'accountId',
  data: { accountId: id('account'), resetId: id('security') },
  example: { accountId: ACCOUNT, resetId: '01931f3e-0000-7000-8000-00000000000b' },
})

export const passwordChanged = defineEvent({
  type: 'identity.account.password-changed.v1',
  topic: accountTopic,
  summary: 'The password is another one since; every other session has ended.',
  key: 'accountId',
  data: { accountId: id('account'), changedAt: time('security') },
  example: { accountId: ACCOUNT, changedAt: AT },
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

export const consentChanged = defineEvent({
  type: 'identity.consent.changed.v1',
  topic: consentTopic,
  summary: 'Consent for one purpose was given or withdrawn.',
  key: (d) => `${d.accountId}:${d.purpose}`,
  data: {
    accountId: id('consent'),
    purpose: field(consentPurpose, { classification: 'technical', purpose: 'consent' }),
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

export const policyPublished = defineEvent({
  type: 'identity.policy.published.v1',
  topic: policyTopic,
  summary: 'A version of a policy document was published; it never changes again.',
  key: 'document',
  data: {
    document: field(z.enum(['privacy', 'terms']), { classification: 'public', purpose: 'administration' }),
    version: field(z.string().max(32), { classification: 'public', purpose: 'administration' }),
    effectiveAt: time('administration'),
  },
  example: { document: 'privacy', version: '2015-03-14', effectiveAt: '2015-03-14T00:00:00.000Z' },
})
