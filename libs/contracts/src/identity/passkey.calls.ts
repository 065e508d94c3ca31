import { z } from 'zod'
import { base64url } from '../define/base64url.js'
import { characters } from '../define/characters.js'
import { defineApi } from '../define/define-api.js'
import { time } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { lineOfText } from '../define/text.js'
import { personal, secret, technical } from './fields.js'
import { passkeyAssertion } from './proof.calls.js'
import { newSession, sessionSetting } from './session.calls.js'

const CREDENTIAL = 'k3v9Qm2ZtX8cLwY0aB1nRf5e'
const constant = <T extends z.ZodType>(schema: T) => technical(schema, 'security')
const publicKey = constant(shownAs(z.literal('public-key'), 'public-key'))
const userVerification = constant(shownAs(z.literal('required'), 'required'))
const challenge = secret(shownAs(z.string(), CREDENTIAL), 'works once, for five minutes')
const rpId = technical(shownAs(z.string(), 'pictures.example'), 'security', 'the site, as WebAuthn names it')
const transport = technical(shownAs(characters(1, 32), 'internal'), 'security')
const credentialId = technical(base64url(1400), 'security')
const userId = technical(
  shownAs(z.string(), CREDENTIAL),
  'security',
  'my handle among passkeys: random, and no id of the account',
)
const timeout = technical(shownAs(z.int().positive(), 300_000), 'security', 'milliseconds')
const name = personal(shownAs(lineOfText(60), 'My phone'), 'security')

const passkey = named(
  'Passkey',
  z.strictObject({
    id: credentialId,
    name,
    addedAt: time('security'),
    lastUsedAt: time('security').nullable(),
    transports: z.array(transport),
    backedUp: technical(z.boolean(), 'security', 'its maker keeps a copy, as most phones do'),
    aaguid: technical(
      shownAs(z.string(), 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4'),
      'security',
      'the model of the authenticator, where it tells',
    ),
  }),
)

const passkeys = named(
  'Passkeys',
  z.strictObject({
    items: z.array(passkey),
    rpId,
    userId: userId.nullable(),
    acceptedCredentialIds: technical(
      z.array(base64url(1400)),
      'security',
      'for `PublicKeyCredential.signalAllAcceptedCredentials`, so that a removed one is offered no more',
    ),
  }),
)

const params = z.strictObject({ id: credentialId })

export const listPasskeys = defineApi({
  name: 'listPasskeys',
  service: 'identity',
  method: 'GET',
  path: '/v1/me/passkeys',
  summary: 'My passkeys, and what browsers must know to offer no other',
  access: 'member',
  scope: null,
  answer: passkeys,
})

export const beginPasskey = defineApi({
  name: 'beginPasskey',
  service: 'identity',
  method: 'POST',
  path: '/v1/me/passkeys/options',
  summary: 'What `navigator.credentials.create` needs to make a passkey (WebAuthn Level 3, as JSON)',
  access: 'member',
  proof: true,
  scope: null,
  status: 200,
  answer: named(
    'PasskeyCreationOptions',
    z.strictObject({
      rp: named('PasskeySite', z.strictObject({ id: rpId, name: technical(z.string(), 'security') })),
      user: named(
        'PasskeyUser',
        z.strictObject({
          id: userId,
          name: personal(shownAs(z.string(), 'ansel_a'), 'security'),
          displayName: personal(z.string(), 'security'),
        }),
      ),
      challenge,
      pubKeyCredParams: z.array(
        named('PasskeyAlgorithm', z.strictObject({ type: publicKey, alg: constant(shownAs(z.int(), -7)) })),
      ),
      timeout,
      excludeCredentials: z.array(
        named(
          'PasskeyToExclude',
          z.strictObject({
            id: credentialId,
            type: publicKey,
            transports: z.array(transport),
          }),
        ),
      ),
      authenticatorSelection: named(
        'PasskeySelection',
        z.strictObject({
          residentKey: constant(shownAs(z.literal('required'), 'required')),
          requireResidentKey: constant(z.literal(true)),
          userVerification,
        }),
      ),
      attestation: constant(shownAs(z.literal('none'), 'none')),
    }),
  ),
  problems: ['identity.passkeys-full'],
})

const attestation = named(
  'PasskeyAttestation',
  technical(
    z.strictObject({
      id: base64url(1400),
      rawId: base64url(1400),
      type: shownAs(z.literal('public-key'), 'public-key'),
      response: named(
        'PasskeyAttestationResponse',
        z.strictObject({
          clientDataJSON: base64url(4096),
          attestationObject: base64url(16_384),
          authenticatorData: base64url(8192).nullish(),
          publicKey: base64url(4096).nullish(),
          publicKeyAlgorithm: z.int().nullish(),
          transports: z.array(transport).max(8).optional(),
        }),
      ),
      authenticatorAttachment: shownAs(z.string().max(40).nullish(), 'platform'),
      clientExtensionResults: shownAs(z.record(z.string().max(40), z.unknown()).optional(), {}),
    }),
    'security',
  ),
)

export const addPasskey = defineApi({
  name: 'addPasskey',
  service: 'identity',
  method: 'POST',
  path: '/v1/me/passkeys',
  summary:
    'Keeps a passkey that my browser has made, at most twenty. It logs me in without the password, and counts as a second factor beside it. All of my other sessions end.',
  access: 'member',
  proof: true,
  scope: null,
  body: z.strictObject({ name, passkey: attestation }),
  status: 201,
  answer: passkeys,
  problems: ['identity.passkey-refused', 'identity.passkey-taken', 'identity.passkeys-full'],
})

export const renamePasskey = defineApi({
  name: 'renamePasskey',
  service: 'identity',
  method: 'PATCH',
  path: '/v1/me/passkeys/{id}',
  summary: 'Gives a passkey another name',
  access: 'member',
  scope: null,
  params,
  body: z.strictObject({ name }),
  answer: passkeys,
  problems: ['identity.factor-not-found'],
})

export const removePasskey = defineApi({
  name: 'removePasskey',
  service: 'identity',
  method: 'DELETE',
  path: '/v1/me/passkeys/{id}',
  summary: 'Takes a passkey out. All of my other sessions end. Answers what browsers must know to offer it no more.',
  access: 'member',
  proof: true,
  scope: null,
  params,
  status: 200,
  answer: passkeys,
  problems: ['identity.factor-not-found'],
})

export const beginPasskeyLogIn = defineApi({
  name: 'beginPasskeyLogIn',
  service: 'identity',
  method: 'POST',
  path: '/v1/sessions/passkey/options',
  summary:
    'What `navigator.credentials.get` needs (WebAuthn Level 3, as JSON): to log in, as a second factor, and to prove again who I am',
  access: 'anonymous',
  scope: null,
  status: 200,
  answer: named(
    'PasskeyRequestOptions',
    z.strictObject({
      challenge,
      rpId,
      timeout,
      userVerification,
    }),
  ),
})

export const logInWithPasskey = defineApi({
  name: 'logInWithPasskey',
  service: 'identity',
  method: 'POST',
  path: '/v1/sessions/passkey',
  summary:
    'Logs in with a passkey and nothing else. After `identity.passkey-unknown`, tell the browser by `PublicKeyCredential.signalUnknownCredential`.',
  access: 'anonymous',
  scope: null,
  body: z.strictObject({ passkey: passkeyAssertion, ...sessionSetting }),
  status: 201,
  answer: newSession,
  problems: [
    'identity.passkey-unknown',
    'identity.passkey-refused',
    'identity.login-failed',
    'identity.account-locked',
  ],
})
