import { z } from 'zod'
import { defineApi, pageOf, pageQuery } from '../define-api.js'
import { field, id, time, type Purpose } from '../field.js'
import { lineOfText } from '../text.js'
import { consentPurpose, locale } from './events.js'

const personal = <T extends z.ZodType>(schema: T, purpose: Purpose, description?: string) =>
  field(schema, { classification: 'personal', purpose, description })
const technical = <T extends z.ZodType>(schema: T, purpose: Purpose, description?: string) =>
  field(schema, { classification: 'technical', purpose, description })
const open = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'public', purpose: 'administration', description })
const secret = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'secret', purpose: 'security', description })

/** 254 characters: the longest address that SMTP can carry (RFC 5321 §4.5.3.1.3 with erratum 1690). */
const email = personal(z.email().max(254), 'mail', 'shown to nobody else')
const handle = personal(
  z
    .string()
    .min(3)
    .max(30)
    .regex(/^[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])$/, {
      error: 'letters, digits, - and _, beginning and ending with a letter or digit',
    }),
  'account',
  'the name in addresses, unique whatever its case; never changes',
)
const newPassword = secret(
  z.string().min(12).max(256),
  'any characters; not a commonly used one, and not like the handle or address',
)
const policyVersion = (description?: string) => open(z.string().min(1).max(32), description)
const oneTimeToken = secret(z.string().min(1).max(128), 'from the link in the mail; works once')

/** A place in the world in the IANA database, e.g. `Europe/Berlin`. */
const timeZone = z.string().min(1).max(64).refine(isTimeZone, { error: 'not a known time zone' })

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat
  } catch {
    return false
  }
}

export const registerAccount = defineApi({
  name: 'registerAccount',
  service: 'identity',
  method: 'POST',
  path: '/v1/accounts',
  summary:
    'Registers. The age is asked first: below 13 nothing is kept (403 `identity.under-age`). An address that somebody else has verified is answered in the same way; the mail tells its owner.',
  access: 'anonymous',
  idempotent: true,
  body: z.strictObject({
    email,
    handle,
    password: newPassword,
    fullName: personal(lineOfText(100), 'profile'),
    birthDate: personal(z.iso.date(), 'account', 'looked at once and never kept'),
    locale: technical(locale.default('en'), 'account'),
    accepted: z.strictObject({
      terms: policyVersion('version of the Terms that was accepted'),
      privacy: policyVersion('version of the privacy policy that was accepted'),
    }),
  }),
  status: 201,
  answer: z.strictObject({
    id: id('account'),
    handle: personal(z.string(), 'account'),
    status: technical(z.enum(['unverified']), 'account'),
  }),
  problems: ['identity.under-age', 'identity.policy-outdated', 'identity.handle-taken'],
})

export const verifyEmail = defineApi({
  name: 'verifyEmail',
  service: 'identity',
  method: 'POST',
  path: '/v1/accounts/verify-email',
  summary: 'Proves an address with the token of the verification mail',
  access: 'anonymous',
  idempotent: true,
  body: z.strictObject({ token: oneTimeToken }),
  problems: ['identity.link-expired', 'identity.email-taken'],
})

export const requestVerificationMail = defineApi({
  name: 'requestVerificationMail',
  service: 'identity',
  method: 'POST',
  path: '/v1/accounts/verification-mails',
  summary: 'Sends the verification mail again, if there is an account to verify. Always 202.',
  access: 'anonymous',
  idempotent: true,
  body: z.strictObject({ email }),
  status: 202,
})

const session = {
  sessionId: id('security'),
  accessToken: secret(z.string(), 'JWT (ES256) for `Authorization: Bearer`'),
  expiresIn: technical(z.int().positive(), 'security', 'seconds until the access token expires'),
  refreshToken: secret(z.string().optional(), 'works once; absent where it comes as a cookie'),
}

export const logIn = defineApi({
  name: 'logIn',
  service: 'identity',
  method: 'POST',
  path: '/v1/sessions',
  summary:
    'Logs in. After ten attempts without success the next ones must wait, for longer each time, up to 15 minutes (429).',
  access: 'anonymous',
  body: z.strictObject({
    login: personal(z.string().min(1).max(254), 'account', 'handle or e-mail address'),
    password: secret(z.string().min(1).max(256)),
    sharedComputer: technical(
      z.boolean().default(false),
      'security',
      'ends after 30 minutes without use; nothing stays in the browser once it is closed',
    ),
    tokenTransport: technical(
      z.enum(['body', 'cookie']).default('body'),
      'security',
      'how the refresh token comes; `cookie`: HttpOnly and SameSite=Strict',
    ),
  }),
  status: 201,
  answer: z.strictObject(session),
  problems: ['identity.login-failed', 'rate-limited'],
})

export const refreshSession = defineApi({
  name: 'refreshSession',
  service: 'identity',
  method: 'POST',
  path: '/v1/sessions/refresh',
  summary:
    'Changes a refresh token, from the body or the cookie, for the next one. Used again within 10 s it gives the same; later the session ends.',
  access: 'anonymous',
  body: z.strictObject({ refreshToken: secret(z.string().min(1).max(256).optional()) }).default({}),
  status: 200,
  answer: z.strictObject(session),
  problems: ['identity.refresh-invalid', 'identity.refresh-reused', 'identity.session-ended'],
})

export const listSessions = defineApi({
  name: 'listSessions',
  service: 'identity',
  method: 'GET',
  path: '/v1/sessions',
  summary: 'Where I am logged in, newest first',
  access: 'member',
  query: z.strictObject(pageQuery),
  answer: pageOf(
    z.strictObject({
      id: id('security'),
      device: personal(z.string(), 'security', 'browser and system, e.g. "Firefox on Linux"'),
      place: personal(z.string().nullable(), 'security', 'country (ISO 3166-1), where it is known'),
      openedAt: time('security'),
      lastSeenAt: time('security', 'to within ten minutes'),
      sharedComputer: technical(z.boolean(), 'security'),
      current: technical(z.boolean(), 'security'),
    }),
  ),
})

export const logOff = defineApi({
  name: 'logOff',
  service: 'identity',
  method: 'DELETE',
  path: '/v1/sessions/current',
  summary: 'Logs off: the session ends, its access tokens stop working, the browser is told to clear what it kept',
  access: 'member',
})

export const endSession = defineApi({
  name: 'endSession',
  service: 'identity',
  method: 'DELETE',
  path: '/v1/sessions/{id}',
  summary: 'Ends one of my sessions',
  access: 'member',
  params: z.strictObject({ id: id('security') }),
  problems: ['identity.session-not-found'],
})

export const endOtherSessions = defineApi({
  name: 'endOtherSessions',
  service: 'identity',
  method: 'DELETE',
  path: '/v1/sessions',
  summary: 'Ends all of my sessions but this one',
  access: 'member',
})

export const requestPasswordReset = defineApi({
  name: 'requestPasswordReset',
  service: 'identity',
  method: 'POST',
  path: '/v1/password-resets',
  summary: 'Sends a mail with a link to choose a new password, if there is such an account. Always 202.',
  access: 'anonymous',
  body: z.strictObject({ email }),
  status: 202,
})

export const confirmPasswordReset = defineApi({
  name: 'confirmPasswordReset',
  service: 'identity',
  method: 'POST',
  path: '/v1/password-resets/confirm',
  summary: 'Sets a new password with the token of the reset mail. Every session ends.',
  access: 'anonymous',
  body: z.strictObject({ token: oneTimeToken, newPassword }),
  problems: ['identity.link-expired'],
})

const me = z.strictObject({
  id: id('account'),
  handle: personal(z.string(), 'account'),
  email: personal(z.string(), 'mail'),
  emailVerified: technical(z.boolean(), 'mail'),
  locale: technical(locale, 'account'),
  timeZone: personal(z.string(), 'account'),
  roles: technical(z.array(z.string()), 'administration'),
  createdAt: time('account'),
})

/** What identity knows; the gateway adds `fullName`, which profiles keeps. */
export const getMe = defineApi({
  name: 'getMe',
  service: 'identity',
  method: 'GET',
  path: '/v1/me',
  summary: 'My account',
  access: 'member',
  answer: me,
})

export const changeMe = defineApi({
  name: 'changeMe',
  service: 'identity',
  method: 'PATCH',
  path: '/v1/me',
  summary: 'Changes language and time zone',
  access: 'member',
  body: z.strictObject({
    locale: technical(locale.optional(), 'account'),
    timeZone: personal(timeZone.optional(), 'account'),
  }),
  answer: me,
})

const purpose = technical(consentPurpose, 'consent')

const consentState = {
  purpose,
  granted: technical(z.boolean(), 'consent'),
  noticeVersion: technical(z.string().nullable(), 'consent', 'the privacy policy that was shown'),
  receiptId: field(z.uuid().nullable(), { classification: 'identifier', purpose: 'consent' }),
  changedAt: technical(z.iso.datetime().nullable(), 'consent', 'null: never asked, so not given'),
}

const consentReceipt = z.strictObject({
  receiptId: id('consent'),
  sequence: technical(z.int().positive(), 'consent', 'counts my entries from 1'),
  purpose,
  granted: technical(z.boolean(), 'consent'),
  noticeVersion: technical(z.string(), 'consent'),
  changedAt: time('consent'),
  previousHash: technical(z.string().nullable(), 'consent', 'hash of the entry before'),
  hash: technical(z.string(), 'consent', 'SHA-256 over this entry and `previousHash`, as base64url'),
  signature: technical(z.string(), 'consent', 'ES256 over `hash`, as base64url'),
  keyId: technical(z.string(), 'consent', 'the key that signed'),
})

export const getConsents = defineApi({
  name: 'getConsents',
  service: 'identity',
  method: 'GET',
  path: '/v1/me/consents',
  summary: 'What I consented to; every purpose is listed, and nothing is given until I give it',
  access: 'member',
  answer: pageOf(z.strictObject(consentState)),
})

export const changeConsent = defineApi({
  name: 'changeConsent',
  service: 'identity',
  method: 'PUT',
  path: '/v1/me/consents/{purpose}',
  summary: 'Gives or withdraws consent for one purpose',
  access: 'member',
  params: z.strictObject({ purpose }),
  body: z.strictObject({
    granted: technical(z.boolean(), 'consent'),
    noticeVersion: technical(z.string().min(1).max(32), 'consent', 'version of the privacy policy that was shown'),
  }),
  status: 200,
  answer: consentReceipt,
  problems: ['identity.policy-outdated', 'rate-limited'],
})

export const getConsentHistory = defineApi({
  name: 'getConsentHistory',
  service: 'identity',
  method: 'GET',
  path: '/v1/me/consents/history',
  summary: 'Every change of my consents, oldest first; each entry is chained to the one before and signed',
  access: 'member',
  query: z.strictObject(pageQuery),
  answer: pageOf(consentReceipt),
})

const documentName = open(z.enum(['privacy', 'terms']))

const policy = z.strictObject({
  document: documentName,
  version: policyVersion(),
  effectiveAt: time('administration'),
  text: open(z.string(), 'Markdown'),
  summary: open(z.string()),
  supersedes: open(z.string().nullable(), 'the version before'),
})

export const listPolicies = defineApi({
  name: 'listPolicies',
  service: 'identity',
  method: 'GET',
  path: '/v1/policies',
  summary: 'The documents in force',
  access: 'anonymous',
  answer: pageOf(policy),
})

export const getPolicy = defineApi({
  name: 'getPolicy',
  service: 'identity',
  method: 'GET',
  path: '/v1/policies/{document}',
  summary: 'One document: as in force now, as it was at a time, or in one version',
  access: 'anonymous',
  params: z.strictObject({ document: documentName }),
  query: z.strictObject({
    at: technical(
      z.union([z.iso.datetime({ offset: true }), z.iso.date()]).optional(),
      'administration',
      'a time, or a day in UTC as of its end',
    ),
    version: open(z.string().min(1).max(32).optional()),
  }),
  answer: policy,
  problems: ['identity.policy-not-found'],
})

export const listAnnouncements = defineApi({
  name: 'listAnnouncements',
  service: 'identity',
  method: 'GET',
  path: '/v1/announcements',
  summary: 'What was published, newest first; visible to everybody from that moment',
  access: 'anonymous',
  query: z.strictObject(pageQuery),
  answer: pageOf(
    z.strictObject({
      id: open(z.string()),
      document: documentName,
      version: policyVersion(),
      publishedAt: time('administration'),
      effectiveAt: time('administration'),
      summary: open(z.string()),
    }),
  ),
})

export const getSigningKeys = defineApi({
  name: 'getSigningKeys',
  service: 'identity',
  method: 'GET',
  path: '/.well-known/jwks.json',
  summary: 'Public keys of access tokens (RFC 7517); rotated with overlap',
  access: 'anonymous',
  answer: z.strictObject({
    keys: z.array(
      z.strictObject({
        kty: open(z.literal('EC')),
        crv: open(z.literal('P-256')),
        x: open(z.string()),
        y: open(z.string()),
        kid: open(z.string()),
        alg: open(z.literal('ES256')),
        use: open(z.literal('sig')),
      }),
    ),
  }),
})
