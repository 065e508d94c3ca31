import { exportsConfig } from '@mpics/rights'
import { commonConfig, defineConfig, overlappingSecret } from '@mpics/service-kit'
import { z } from 'zod'
import { parseSigningKeys } from './keys/signing-keys.js'

const signingKeys = (min: number) =>
  z.string().transform((text, context) => {
    try {
      return parseSigningKeys(text, min)
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message })
      return z.NEVER
    }
  })

export class IdentityConfig extends defineConfig({
  ...commonConfig,
  ...exportsConfig,
  IDENTITY_SECRET: overlappingSecret().meta({
    description:
      'at least 32 random characters; keys for links in mails, refresh tokens, cookies and the secrets of authenticator apps are derived from it. Others may follow after a comma: what was made with them still counts. Without them another value ends all sessions and links, and no code of an authenticator app is good any more',
    secret: true,
  }),
  IDENTITY_SIGNING_KEYS: signingKeys(2).meta({
    description:
      'JWK set of two or more private ES256 keys for access tokens; all are published. The one whose `nbf` (seconds since 1970) came last signs, the first one until then. `mpics keys rotate` makes the next set',
    secret: true,
  }),
  IDENTITY_RECEIPT_KEYS: signingKeys(1).meta({
    description:
      'JWK set of private ES256 keys for consent receipts; the first one signs, and none may ever be taken out',
    secret: true,
  }),
  IDENTITY_HANDLE_KEY: overlappingSecret().meta({
    description:
      'at least 32 random characters; keys the hashes of handles that are never given out again. A new one goes first, after which those of before follow after commas: none may ever be taken out',
    secret: true,
  }),
  IDENTITY_HASHING_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .optional()
    .meta({ description: 'passwords hashed at once; one less than there are processors unless given' }),
  IDENTITY_HASHING_QUEUE: z.coerce.number().int().min(2).default(64).meta({
    description:
      'passwords that may wait to be hashed at most; fewer, down to 16, where the machine hashes fewer within two seconds. Beyond, log-ins are refused with 429',
  }),
}) {}
