import { z } from 'zod'
import { days, defineEvent, defineTopic } from '../define/define-event.js'
import { field, id, time } from '../define/field.js'
import { type Language, languageCodes, languages } from '../define/languages.js'
import { vocabulary } from '../define/vocabulary.js'
import { ACCOUNT, AT } from './examples.js'

export const accountTopic = defineTopic({
  name: 'identity.account',
  partitions: 6,
  retention: days(30),
  publishers: ['identity'],
})

const LANGUAGE_TAG = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/

/** Languages of pages and mails, as BCP 47 tags. */
export const locales = vocabulary(
  'locale',
  Object.fromEntries(languageCodes.map((code) => [code, languages[code].name])) as Record<Language, string>,
  LANGUAGE_TAG,
)
export const locale = locales.strict

export const accountRegistered = defineEvent({
  type: 'identity.account.registered.v1',
  topic: accountTopic,
  summary: 'Somebody completed the registration form; the address is not verified yet.',
  key: 'accountId',
  data: {
    accountId: id('account'),
    locale: field(locales.open, { classification: 'technical', purpose: 'account' }),
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

export const emailChangeRequested = defineEvent({
  type: 'identity.account.email-change-requested.v1',
  topic: accountTopic,
  summary:
    'Another address is to be confirmed, and the present one to be told; links and addresses are asked for when the mails are made.',
  key: 'accountId',
  data: { accountId: id('account'), changeId: id('account') },
  example: { accountId: ACCOUNT, changeId: '01931f3e-0000-7000-8000-00000000000c' },
})

export const emailChanged = defineEvent({
  type: 'identity.account.email-changed.v1',
  topic: accountTopic,
  summary: 'The new address was confirmed and is the account’s; sessions but the one that asked for it have ended.',
  key: 'accountId',
  data: { accountId: id('account'), changeId: id('account') },
  example: { accountId: ACCOUNT, changeId: '01931f3e-0000-7000-8000-00000000000c' },
})

export const emailChangeDropped = defineEvent({
  type: 'identity.account.email-change-dropped.v1',
  topic: accountTopic,
  summary: 'The owner dropped a change that the present address had frozen; every session has ended.',
  key: 'accountId',
  data: { accountId: id('account'), changeId: id('account') },
  example: { accountId: ACCOUNT, changeId: '01931f3e-0000-7000-8000-00000000000c' },
})

export const passwordChanged = defineEvent({
  type: 'identity.account.password-changed.v1',
  topic: accountTopic,
  summary: 'The password is another one since; every other session has ended.',
  key: 'accountId',
  data: { accountId: id('account'), changedAt: time('security') },
  example: { accountId: ACCOUNT, changedAt: AT },
})

export const rolesChanged = defineEvent({
  type: 'identity.account.roles-changed.v1',
  topic: accountTopic,
  summary: 'Roles were granted or taken away; access tokens of an earlier version are refused everywhere from now on.',
  key: 'accountId',
  data: {
    accountId: id('account'),
    rolesVersion: field(z.int().nonnegative(), { classification: 'technical', purpose: 'administration' }),
  },
  example: { accountId: ACCOUNT, rolesVersion: 2 },
})
