import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { uuid } from '../define/field.js'
import { locale } from './account.events.js'

export const mailRecipients = defineApi({
  name: 'mailRecipients',
  service: 'identity',
  method: 'POST',
  path: '/internal/mail-recipients',
  summary:
    'Where and how to write to accounts, asked at the moment of sending. Unknown and erased accounts are left out.',
  access: { services: ['notifications'] },
  scope: null,
  body: z.strictObject({ accountIds: z.array(uuid).min(1).max(500) }),
  status: 200,
  answer: z.strictObject({
    items: z.array(
      z.strictObject({
        accountId: uuid,
        email: z.string(),
        emailVerified: z.boolean(),
        handle: z.string(),
        locale,
        consents: z.array(z.string()),
      }),
    ),
  }),
})

export const deriveLink = defineApi({
  name: 'deriveLink',
  service: 'identity',
  method: 'POST',
  path: '/internal/links',
  summary:
    'The one-time token of a request, derived anew each time (HMAC of its id), so that a retried mail carries the same link. For an address that another account has verified, `token` is null and the mail says so without a link.',
  access: { services: ['notifications'] },
  scope: null,
  body: z.strictObject({ kind: z.enum(['verify-email', 'reset-password']), accountId: uuid, requestId: uuid }),
  status: 200,
  answer: z.strictObject({ token: z.string().nullable(), expiresAt: z.iso.datetime() }),
  problems: ['identity.link-expired', 'identity.account-not-found'],
})
