import { z } from 'zod'
import { defineApi, pageOf, pageQuery } from '../define/define-api.js'
import { id, time } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { category, mail } from './fields.js'

const emailStatus = named('EmailStatus', z.enum(['queued', 'sent', 'gathered', 'suppressed', 'bounced']))

const notedMail = named(
  'Email',
  z.strictObject({
    id: id('mail'),
    category,
    kind: mail(shownAs(z.string(), 'follow'), 'what it is about, e.g. verify-email, follow'),
    status: mail(shownAs(emailStatus, 'sent'), 'gathered: another mail told of it, such as a daily or weekly one'),
    cause: mail(shownAs(z.string(), 'profiles.follow.started.v1'), 'the fact that it tells of'),
    reason: mail(shownAs(z.string().nullable(), null), 'why it was not sent, or could not be delivered'),
    createdAt: time('mail'),
    sentAt: mail(z.iso.datetime().nullable(), 'when the mail server took it'),
    policyVersion: mail(
      shownAs(z.string().nullable(), '2015-03-14'),
      'the privacy policy that was in force when it was sent; null in mails of before it was noted',
    ),
  }),
)

export const listMails = defineApi({
  name: 'listMails',
  service: 'notifications',
  method: 'GET',
  path: '/v1/me/mails',
  summary: 'What was sent to me, when, and why; newest first',
  access: 'member',
  scope: 'mails:read',
  query: z.strictObject(pageQuery),
  answer: pageOf(notedMail),
  problems: ['cursor-invalid'],
})
