import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { field } from '../define/field.js'
import { emailChoice } from './email-settings.calls.js'
import { emailCategory } from './email.events.js'
import { mail } from './fields.js'

const unsubscribeToken = z.strictObject({
  token: field(z.string().min(1).max(200), { classification: 'secret', purpose: 'mail' }),
})

/** Mail programs and their gateways add parameters of their own to links. */
const anything = z.looseObject({})

const subscription = z.strictObject({ category: mail(emailCategory), choice: mail(emailChoice) })

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
  problems: ['notifications.unsubscribe-link-invalid'],
})
