import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { id, time } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { scopes } from '../define/scopes.js'
import { lineOfText } from '../define/text.js'
import { personal, secret, technical } from './fields.js'

const name = personal(shownAs(lineOfText(80), 'Backup of my photos'), 'security', 'which program it is for')
const expiresAt = time('security', 'after which it is good no more: a year ahead at most')
const granted = technical(
  z
    .array(named('Scope', scopes.strict))
    .min(1)
    .max(Object.keys(scopes.known).length)
    .refine((given) => new Set(given).size === given.length, { error: 'each scope once' })
    .meta({ uniqueItems: true }),
  'security',
  'what the program may do; every operation names its scope as `x-scope`',
)

const token = {
  id: id('security'),
  name,
  scopes: technical(z.array(shownAs(scopes.open, 'photos:read')), 'security'),
  createdAt: time('security'),
  expiresAt,
  lastUsedAt: technical(shownAs(z.iso.datetime().nullable(), null), 'security', 'to within two hours'),
}
const programToken = named('ProgramToken', z.strictObject(token))
const newToken = named(
  'NewProgramToken',
  z.strictObject({
    ...token,
    token: secret(
      shownAs(z.string(), 'mpat_0000000000000000000000000000000000000000'),
      'for `Authorization: Bearer`; shown this once',
    ),
  }),
)

const MAX_TOKENS = 20

export const listProgramTokens = defineApi({
  name: 'listProgramTokens',
  service: 'identity',
  method: 'GET',
  path: '/v1/me/tokens',
  summary: 'My tokens for programs, newest first, without their secrets',
  access: 'member',
  scope: null,
  answer: named('ProgramTokens', z.strictObject({ items: z.array(programToken).max(MAX_TOKENS) })),
})

export const createProgramToken = defineApi({
  name: 'createProgramToken',
  service: 'identity',
  method: 'POST',
  path: '/v1/me/tokens',
  summary:
    'Makes a token for a program, which is shown this once. It ends when it expires, when it is revoked, and with the password and the account. A member has at most 20.',
  access: 'member',
  proof: true,
  scope: null,
  body: z.strictObject({ name, scopes: granted, expiresAt }),
  status: 201,
  answer: newToken,
  problems: ['identity.too-many-tokens'],
})

const tokenId = z.strictObject({ id: id('security') })

export const renameProgramToken = defineApi({
  name: 'renameProgramToken',
  service: 'identity',
  method: 'PATCH',
  path: '/v1/me/tokens/{id}',
  summary: 'Gives a token another name; nothing else of it changes',
  access: 'member',
  scope: null,
  params: tokenId,
  body: z.strictObject({ name }),
  answer: programToken,
  problems: ['identity.token-not-found'],
})

export const rotateProgramToken = defineApi({
  name: 'rotateProgramToken',
  service: 'identity',
  method: 'POST',
  path: '/v1/me/tokens/{id}/rotation',
  summary: 'Changes a token for another one of the same name and scopes; the former one ends at once.',
  access: 'member',
  proof: true,
  scope: null,
  params: tokenId,
  body: z.strictObject({ expiresAt: expiresAt.optional() }).default({}),
  status: 201,
  answer: newToken,
  problems: ['identity.token-not-found'],
})

export const revokeProgramToken = defineApi({
  name: 'revokeProgramToken',
  service: 'identity',
  method: 'DELETE',
  path: '/v1/me/tokens/{id}',
  summary: 'Ends a token; within two seconds no call takes it any more',
  access: 'member',
  scope: null,
  params: tokenId,
  problems: ['identity.token-not-found'],
})
