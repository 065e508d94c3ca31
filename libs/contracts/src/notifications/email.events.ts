import { days, defineEvent, defineTopic } from '../define/define-event.js'
import { field, id } from '../define/field.js'
import { vocabulary } from '../define/vocabulary.js'

const emailTopic = defineTopic({
  name: 'notifications.email',
  partitions: 6,
  retention: days(30),
  publishers: ['notifications'],
})

export const emailCategories = vocabulary('email category', {
  system: 'what the account needs; always sent',
  legal: 'legal notices; always sent',
  follows: 'new followers',
  messages: 'messages of members',
  comments: 'comments on photos',
  favourites: 'photos that somebody likes',
  news: 'what is new on the site, by consent',
  products: 'products of ours, by consent',
  offers: 'offers, by consent',
})
export const emailCategory = emailCategories.strict

/** A type of event, or a rule with the code of a server in it. */
const REASON = /^[A-Za-z0-9._-]+$/
const emailReasons = vocabulary('email reason', {}, REASON)

const emailData = {
  emailId: id('mail'),
  accountId: id('mail'),
  category: field(emailCategories.open, { classification: 'technical', purpose: 'mail' }),
  reason: field(emailReasons.open, {
    classification: 'technical',
    purpose: 'mail',
    description: 'why it was sent or not: the fact that caused it, or the rule that stopped it',
  }),
}

const example = {
  emailId: '01931f3e-0000-7000-8000-000000000201',
  accountId: '01931f3e-0000-7000-8000-000000000001',
  category: 'follows' as const,
  reason: 'profiles.follow.started.v1',
}

export const emailSent = defineEvent({
  type: 'notifications.email.sent.v1',
  topic: emailTopic,
  summary: 'The mail server accepted a mail.',
  key: 'emailId',
  data: emailData,
  example,
})

export const emailSuppressed = defineEvent({
  type: 'notifications.email.suppressed.v1',
  topic: emailTopic,
  summary: 'A mail was not sent, by the recipient’s settings, consent or state at the moment of sending.',
  key: 'emailId',
  data: emailData,
  example: { ...example, reason: 'setting-off' },
})

export const emailBounced = defineEvent({
  type: 'notifications.email.bounced.v1',
  topic: emailTopic,
  summary: 'The mail server refused a mail for good (SMTP 5xx).',
  key: 'emailId',
  data: emailData,
  example: { ...example, reason: 'smtp-550' },
})
