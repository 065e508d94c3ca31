import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { named } from '../define/named.js'
import { open } from './fields.js'

const signingKey = named(
  'SigningKey',
  z.strictObject({
    kty: open(z.literal('EC')),
    crv: open(z.literal('P-256')),
    x: open(z.string()),
    y: open(z.string()),
    kid: open(z.string()),
    alg: open(z.literal('ES256')),
    use: open(z.literal('sig')),
  }),
)

export const signingKeys = named('SigningKeys', z.strictObject({ keys: z.array(signingKey) }))

export const getSigningKeys = defineApi({
  name: 'getSigningKeys',
  service: 'identity',
  method: 'GET',
  path: '/.well-known/jwks.json',
  summary: 'Public keys of access tokens (RFC 7517); rotated with overlap',
  access: 'anonymous',
  scope: 'site:read',
  answer: signingKeys,
})
