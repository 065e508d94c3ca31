import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { id, time } from '../define/field.js'
import { wholeNumber } from '../define/query.js'
import { locale } from './account.events.js'
import { oneTimeToken, open, personal, secret, technical } from './fields.js'

const accountId = id('account')
const handle = personal(z.string(), 'mail')
const token = secret(z.string().nullable(), 'for the link in a mail')

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
  body: z.strictObject({ accountIds: z.array(accountId).min(1).max(500) }),
  status: 200,
  answer: z.strictObject({
    items: z.array(
      z.strictObject({
        accountId,
        email: personal(z.string(), 'mail'),
        emailVerified: technical(z.boolean(), 'mail'),
        newEmail: personal(z.string().nullish(), 'mail', 'the address that waits for its proof'),
        handle,
        locale: personal(locale, 'mail'),
        /** Earlier releases do not say it. */
        timeZone: personal(z.string().optional(), 'mail'),
        consents: technical(z.array(z.string()), 'consent'),
        /** Since when each of them is given. Earlier releases do not say it. */
        consentsGivenAt: technical(z.record(z.string(), z.iso.datetime()).optional(), 'consent'),
        /** Locked or being closed: only mails about the account itself go there. Earlier releases do not say it. */
        hidden: technical(z.boolean().optional(), 'account'),
      }),
    ),
    /** The privacy policy in force at this moment, under which the addresses are used. Earlier releases do not say it. */
    policyVersion: open(z.string().optional()),
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
    registeredBefore: time('mail'),
    after: id('mail', 'the last account of the list before').optional(),
    limit: technical(wholeNumber(1, 1000).default(500), 'mail'),
  }),
  answer: z.strictObject({ accountIds: z.array(accountId) }),
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
  body: z.strictObject({ accountId }),
  status: 200,
  answer: z.strictObject({
    items: z.array(
      z.strictObject({
        accountId,
        handle,
        registeredAt: time('account'),
        token,
      }),
    ),
    more: technical(z.int().nonnegative(), 'account', 'accounts that are not listed'),
    expiresAt: time('account', 'when the links end'),
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
  answer: z.strictObject({ handle, registeredAt: time('account') }),
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
  body: z.strictObject({ accountIds: z.array(accountId).min(1).max(500) }),
  status: 200,
  answer: z.strictObject({ unverified: z.array(accountId) }),
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
  body: z.strictObject({ kind: technical(mailedLink, 'mail'), accountId, requestId: id('mail') }),
  status: 200,
  answer: z.strictObject({ token, expiresAt: time('mail') }),
  problems: ['identity.link-expired', 'identity.account-not-found', 'identity.notice-first'],
})
