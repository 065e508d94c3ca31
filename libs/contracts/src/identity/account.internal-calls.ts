import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { uuid } from '../define/field.js'
import { wholeNumber } from '../define/query.js'
import { locale } from './account.events.js'
import { oneTimeToken } from './fields.js'

const mailedLink = z.enum([
  'verify-email',
  'reset-password',
  'confirm-email',
  'freeze-email',
  'lock-objection',
  'confirm-factor-recovery',
  'cancel-factor-recovery',
])

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
        /** The address that waits for its proof. */
        newEmail: z.string().nullish(),
        handle: z.string(),
        locale,
        /** Earlier releases do not say it. */
        timeZone: z.string().optional(),
        consents: z.array(z.string()),
        /** Since when each of them is given. Earlier releases do not say it. */
        consentsGivenAt: z.record(z.string(), z.iso.datetime()).optional(),
        /** Locked or being closed: only mails about the account itself go there. Earlier releases do not say it. */
        hidden: z.boolean().optional(),
      }),
    ),
    /** The privacy policy in force at this moment, under which the addresses are used. Earlier releases do not say it. */
    policyVersion: z.string().optional(),
  }),
})

export const legalNoticeRecipients = defineApi({
  name: 'legalNoticeRecipients',
  service: 'identity',
  method: 'GET',
  path: '/internal/legal-notice-recipients',
  summary:
    'Whom a legal notice is for: the accounts with a verified address that registered before a time and do not wait for their erasure, in the order of their ids. An empty list is the end.',
  access: { services: ['notifications'] },
  scope: null,
  query: z.strictObject({
    registeredBefore: z.iso.datetime(),
    /** The last account of the list before. */
    after: uuid.optional(),
    limit: wholeNumber(1, 1000).default(500),
  }),
  answer: z.strictObject({ accountIds: z.array(uuid) }),
})

export const verificationLinks = defineApi({
  name: 'verificationLinks',
  service: 'identity',
  method: 'POST',
  path: '/internal/verification-links',
  summary:
    'The accounts that wait for the proof of the address of one of them, newest first, each with the token of a link of its own, for a mail that is being made. Where another account has verified the address the tokens are null.',
  access: { services: ['notifications'] },
  scope: null,
  body: z.strictObject({ accountId: uuid }),
  status: 200,
  answer: z.strictObject({
    items: z.array(
      z.strictObject({
        accountId: uuid,
        handle: z.string(),
        registeredAt: z.iso.datetime(),
        token: z.string().nullable(),
      }),
    ),
    /** Accounts that are not listed. */
    more: z.int().nonnegative(),
    /** When the links end. */
    expiresAt: z.iso.datetime(),
  }),
  problems: ['identity.link-expired', 'identity.account-not-found'],
})

export const describeVerification = defineApi({
  name: 'describeVerification',
  service: 'identity',
  method: 'POST',
  path: '/internal/verifications',
  summary: 'Which account the token of a verification mail would verify; changes nothing',
  access: { services: ['gateway'] },
  scope: null,
  body: z.strictObject({ token: oneTimeToken }),
  status: 200,
  answer: z.strictObject({ handle: z.string(), registeredAt: z.iso.datetime() }),
  problems: ['identity.link-expired'],
})

export const unverifiedAccounts = defineApi({
  name: 'unverifiedAccounts',
  service: 'identity',
  method: 'POST',
  path: '/internal/unverified-accounts',
  summary: 'Which of these accounts have no verified address at this moment; access tokens may be older',
  access: { services: ['gateway'] },
  scope: null,
  body: z.strictObject({ accountIds: z.array(uuid).min(1).max(500) }),
  status: 200,
  answer: z.strictObject({ unverified: z.array(uuid) }),
})

export const deriveLink = defineApi({
  name: 'deriveLink',
  service: 'identity',
  method: 'POST',
  path: '/internal/links',
  summary:
    'The one-time token of a request, derived anew each time (HMAC of its id), so that a retried mail carries the same link. Replicas of earlier releases ask for verification links here; the token is null where another account has verified the address.',
  access: { services: ['notifications'] },
  scope: null,
  body: z.strictObject({ kind: mailedLink, accountId: uuid, requestId: uuid }),
  status: 200,
  answer: z.strictObject({ token: z.string().nullable(), expiresAt: z.iso.datetime() }),
  problems: ['identity.link-expired', 'identity.account-not-found', 'identity.notice-first'],
})
