import { z } from 'zod'
import { emailAddressOf } from '../define/email-address.js'
import { field, type Purpose } from '../define/field.js'
import { trimmed } from '../define/text.js'
import { policyDocuments } from './policy.events.js'

export const personal = <T extends z.ZodType>(schema: T, purpose: Purpose, description?: string) =>
  field(schema, { classification: 'personal', purpose, description })

export const technical = <T extends z.ZodType>(schema: T, purpose: Purpose, description?: string) =>
  field(schema, { classification: 'technical', purpose, description })

export const open = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'public', purpose: 'administration', description })

export const secret = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'secret', purpose: 'security', description })

export const email = personal(
  z
    .string()
    .overwrite((text) => trimmed(text).normalize('NFC'))
    .max(254)
    .refine((text) => emailAddressOf(text) !== undefined, { error: 'an e-mail address, such as ana@example.org' })
    .meta({ format: 'idn-email' }),
  'mail',
  'shown to nobody else; blanks around it do not count',
)

export const handle = personal(
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

export const newPassword = secret(
  z.string().min(12).max(256),
  'any characters; not a commonly used one, and not like the handle or address',
)

export const policyVersion = (description?: string) => open(z.string().min(1).max(32), description)

export const oneTimeToken = secret(z.string().min(1).max(128), 'from the link in the mail; works once')

export const documentName = open(policyDocuments.strict)
