import { z } from 'zod'
import { defineApi, pageOf, pageQuery } from '../define/define-api.js'
import { id, time } from '../define/field.js'
import { emailCategory } from './email.events.js'
import { mail } from './fields.js'

export const listMails = defineApi({
  name: 'listMails',
  service: 'notifications',
  method: 'GET',
  path: '/v1/me/mails',
  summary: 'What was sent to me, when, and why; newest first',
  access: 'member',
  scope: 'mails:read',
  query: z.strictObject(pageQuery),
  answer: pageOf(
    z.strictObject({
      id: id('mail'),
      category: mail(emailCategory),
      kind: mail(z.string(), 'what it is about, e.g. verify-email, follow'),
      status: mail(
        z.enum(['queued', 'sent', 'gathered', 'suppressed', 'bounced']),
        'gathered: another mail told of it, such as a daily or weekly one',
      ),
      cause: mail(z.string(), 'the fact that it tells of'),
      reason: mail(z.string().nullable(), 'why it was not sent, or could not be delivered'),
      createdAt: time('mail'),
      sentAt: mail(z.iso.datetime().nullable(), 'when the mail server took it'),
    }),
  ),
  problems: ['cursor-invalid'],
})
