import { z } from 'zod'
import { defineApi, pageOf, snapshotQuery } from '../define-api.js'
import { uuid } from '../field.js'
import { locale } from './events.js'

/** What a registration said that belongs to the profile. Kept by identity only until profiles has taken it. */
export const takeRegistration = defineApi({
  name: 'takeRegistration',
  service: 'identity',
  method: 'GET',
  path: '/internal/registrations/{accountId}',
  summary: 'Handle and full name of a new account; fullName is null once it was acknowledged',
  access: { services: ['profiles'] },
  params: z.strictObject({ accountId: uuid }),
  answer: z.strictObject({ accountId: uuid, handle: z.string(), fullName: z.string().nullable() }),
  problems: ['identity.account-not-found'],
})

export const acknowledgeRegistration = defineApi({
  name: 'acknowledgeRegistration',
  service: 'identity',
  method: 'DELETE',
  path: '/internal/registrations/{accountId}/full-name',
  summary: 'profiles holds the full name now; identity forgets it. Safe to repeat.',
  access: { services: ['profiles'] },
  params: z.strictObject({ accountId: uuid }),
  status: 204,
})

export const registrationSnapshot = defineApi({
  name: 'registrationSnapshot',
  service: 'identity',
  method: 'GET',
  path: '/internal/registrations',
  summary: 'The ids of all accounts, in their order: to find those that have no profile',
  access: { services: ['profiles'] },
  query: z.strictObject(snapshotQuery),
  answer: pageOf(z.strictObject({ accountId: uuid })),
})

export const mailRecipients = defineApi({
  name: 'mailRecipients',
  service: 'identity',
  method: 'POST',
  path: '/internal/mail-recipients',
  summary:
    'Where and how to write to accounts, asked at the moment of sending. Unknown and erased accounts are left out.',
  access: { services: ['notifications'] },
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
  body: z.strictObject({ kind: z.enum(['verify-email', 'reset-password']), accountId: uuid, requestId: uuid }),
  status: 200,
  answer: z.strictObject({ token: z.string().nullable(), expiresAt: z.iso.datetime() }),
  problems: ['identity.link-expired', 'identity.account-not-found'],
})

export const revokedSessions = defineApi({
  name: 'revokedSessions',
  service: 'identity',
  method: 'POST',
  path: '/internal/revoked-sessions',
  summary: 'Which of these sessions have ended; asked by a gateway that has not heard from Kafka for 2 s',
  access: { services: ['gateway'] },
  body: z.strictObject({ sessionIds: z.array(uuid).min(1).max(500) }),
  status: 200,
  answer: z.strictObject({ revoked: z.array(uuid) }),
})
