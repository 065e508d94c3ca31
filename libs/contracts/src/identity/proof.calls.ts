import { z } from 'zod'
import { base64url } from '../define/base64url.js'
import { characters } from '../define/characters.js'
import { defineApi } from '../define/define-api.js'
import { named, shownAs } from '../define/named.js'
import { oneOf } from '../define/one-of.js'
import { secret } from './fields.js'

const assertionResponse = named(
  'PasskeyAssertionResponse',
  z.strictObject({
    clientDataJSON: base64url(4096),
    authenticatorData: base64url(4096),
    signature: base64url(2048),
    userHandle: base64url(128).nullish(),
  }),
)

/** What a browser answers to `navigator.credentials.get`, as JSON (WebAuthn Level 3, §5.1). */
export const passkeyAssertion = named(
  'PasskeyAssertion',
  secret(
    z.strictObject({
      id: base64url(1400),
      rawId: base64url(1400),
      type: shownAs(z.literal('public-key'), 'public-key'),
      response: assertionResponse,
      authenticatorAttachment: shownAs(z.string().max(40).nullish(), 'platform'),
      clientExtensionResults: shownAs(z.record(z.string().max(40), z.unknown()).optional(), {}),
    }),
  ),
)

/** One of them; the guess of a stranger may be any. */
export interface Evidence {
  password?: string | undefined
  code?: string | undefined
  passkey?: z.output<typeof passkeyAssertion> | undefined
}

/** Members of a body. */
export const evidence = {
  password: secret(shownAs(characters(1, 256), 'correct horse battery 7')).optional(),
  code: secret(shownAs(characters(1, 64), '492039'), 'of the authenticator app, or a recovery code').optional(),
  passkey: passkeyAssertion.optional(),
}

export const proveMyself = defineApi({
  name: 'proveMyself',
  service: 'identity',
  method: 'POST',
  path: '/v1/sessions/current/proof',
  summary:
    'Proves again who I am. Good for ten minutes of what answers 401 `identity.proof-needed`. Wrong proofs count as wrong log-ins from this browser do (429).',
  access: 'member',
  unverified: true,
  closing: true,
  scope: null,
  body: oneOf({}, evidence, { password: 'correct horse battery 7' }),
  problems: ['identity.proof-failed', 'identity.session-ended', 'identity.busy', 'rate-limited'],
})
