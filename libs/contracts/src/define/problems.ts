import type { ErrorKind } from './domain-error.js'

/** The status of each kind of refusal (RFC 9110 §15.5). */
export const problemStatus: Readonly<Record<ErrorKind, number>> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'too-slow': 408,
  conflict: 409,
  gone: 410,
  'precondition-failed': 412,
  'too-large': 413,
  'address-too-long': 414,
  unsupported: 415,
  'range-not-satisfiable': 416,
  'expectation-failed': 417,
  invalid: 422,
  'too-many': 429,
  'headers-too-large': 431,
  unavailable: 503,
}

/** The refusals that definitions may announce, each with its kind. A code is released and never changes. */
export const problemKinds = {
  'body-malformed': 'malformed',
  'changed-meanwhile': 'conflict',
  'content-coding-unsupported': 'unsupported',
  'cursor-invalid': 'invalid',
  'events-unavailable': 'unavailable',
  forbidden: 'forbidden',
  'idempotency-in-progress': 'conflict',
  'idempotency-key-reused': 'invalid',
  'input-invalid': 'invalid',
  'not-found': 'not-found',
  'precondition-failed': 'precondition-failed',
  'rate-limited': 'too-many',
  'request-malformed': 'malformed',
  'too-large': 'too-large',
  unauthenticated: 'unauthenticated',
  unavailable: 'unavailable',
  'unsupported-media-type': 'unsupported',
  'gateway.cookies-required': 'forbidden',
  'gateway.cross-site': 'forbidden',
  'gateway.form-expired': 'forbidden',
  'gateway.page-not-found': 'not-found',
  'gateway.too-slow': 'too-slow',
  'gateway.two-identities': 'forbidden',
  'identity.account-closing': 'forbidden',
  'identity.account-locked': 'forbidden',
  'identity.account-not-found': 'not-found',
  'identity.busy': 'too-many',
  'identity.email-change-frozen': 'conflict',
  'identity.email-taken': 'conflict',
  'identity.factor-failed': 'forbidden',
  'identity.factor-not-found': 'not-found',
  'identity.handle-taken': 'conflict',
  'identity.link-expired': 'gone',
  'identity.factor-missing': 'conflict',
  'identity.factor-needed': 'unauthenticated',
  'identity.lock-not-for-erasure': 'conflict',
  'identity.login-failed': 'unauthenticated',
  'identity.notice-first': 'conflict',
  'identity.own-lock': 'forbidden',
  'identity.log-in-expired': 'gone',
  'identity.own-roles': 'forbidden',
  'identity.passkey-refused': 'forbidden',
  'identity.passkey-taken': 'conflict',
  'identity.passkey-unknown': 'forbidden',
  'identity.passkeys-full': 'conflict',
  'identity.password-too-new': 'conflict',
  'identity.policies-full': 'conflict',
  'identity.policy-not-found': 'not-found',
  'identity.policy-order': 'conflict',
  'identity.policy-outdated': 'conflict',
  'identity.policy-published': 'conflict',
  'identity.proof-failed': 'forbidden',
  'identity.proof-needed': 'unauthenticated',
  'identity.refresh-invalid': 'unauthenticated',
  'identity.refresh-reused': 'unauthenticated',
  'identity.scope-missing': 'forbidden',
  'identity.session-ended': 'unauthenticated',
  'identity.session-not-found': 'not-found',
  'identity.token-not-found': 'not-found',
  'identity.too-many-tokens': 'conflict',
  'identity.totp-active': 'conflict',
  'identity.under-age': 'forbidden',
  'identity.unverified': 'forbidden',
  'media.animated': 'invalid',
  'media.damaged': 'invalid',
  'media.decoders-busy': 'unavailable',
  'media.file-missing': 'invalid',
  'media.form-malformed': 'malformed',
  'media.link-expired': 'forbidden',
  'media.photo-not-found': 'not-found',
  'media.quota-exceeded': 'too-many',
  'media.range-not-satisfiable': 'range-not-satisfiable',
  'media.storage-unavailable': 'unavailable',
  'media.too-complex': 'invalid',
  'media.too-large': 'too-large',
  'media.too-many-pixels': 'invalid',
  'media.too-many-uploads': 'too-many',
  'media.unsupported-type': 'unsupported',
  'media.upload-too-slow': 'too-slow',
  'notifications.category-locked': 'conflict',
  'notifications.set-by-consent': 'conflict',
  'notifications.settings-gone': 'gone',
  'notifications.unsubscribe-link-invalid': 'not-found',
  'profiles.follow-self': 'invalid',
  'profiles.profile-incomplete': 'conflict',
  'profiles.profile-not-found': 'not-found',
} as const satisfies Record<string, ErrorKind>

const kinds: Readonly<Record<string, ErrorKind>> = problemKinds

/** The status that comes with a code. */
export function statusOf(code: string): number {
  const kind = Object.hasOwn(kinds, code) ? kinds[code] : undefined
  if (!kind) throw new TypeError(`${code} has no kind: add it to libs/contracts/src/define/problems.ts`)
  return problemStatus[kind]
}

export const typeOfProblem = (code: string): string => `urn:mpics:problem:${code}`

/** `identity.handle-taken` → `Handle taken`. */
export function titleOfProblem(code: string): string {
  const words = code.slice(code.lastIndexOf('.') + 1).replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
