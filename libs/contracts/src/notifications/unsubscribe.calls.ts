import { z } from 'zod'
import { characters } from '../define/characters.js'
import { defineApi } from '../define/define-api.js'
import { field } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { emailChoice } from './email-settings.calls.js'
import { category, mail } from './fields.js'

const unsubscribeToken = z.strictObject({
  token: field(shownAs(characters(1, 200), 'k3v9Qm2ZtX8cLwY0aB1nRf5e'), { classification: 'secret', purpose: 'mail' }),
})

/** Mail programs and their gateways add parameters of their own to links. */
const anything = z.looseObject({})

const subscription = named('Subscription', z.strictObject({ category, choice: mail(emailChoice) }))

export const getUnsubscribe = defineApi({
  name: 'getUnsubscribe',
  service: 'notifications',
  method: 'GET',
  path: '/v1/unsubscribe/{token}',
  summary: 'What the link in a mail would turn off. Changes nothing.',
  access: 'anonymous',
  scope: null,
  params: unsubscribeToken,
  query: anything,
  answer: subscription,
  problems: ['notifications.unsubscribe-link-invalid'],
})

export const postUnsubscribe = defineApi({
  name: 'postUnsubscribe',
  service: 'notifications',
  method: 'POST',
  path: '/v1/unsubscribe/{token}',
  summary: 'Turns these mails off, without a log-in (RFC 8058); the body is not looked at. Safe to repeat.',
  access: 'anonymous',
  scope: null,
  params: unsubscribeToken,
  query: anything,
  status: 200,
  answer: subscription,
  problems: ['notifications.unsubscribe-link-invalid', 'notifications.settings-gone'],
})
