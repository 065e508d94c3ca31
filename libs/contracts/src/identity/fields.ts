import { z } from 'zod'
import { field, type Purpose } from '../define/field.js'
import { policyDocuments } from './policy.events.js'

export const personal = <T extends z.ZodType>(schema: T, purpose: Purpose, description?: string) =>
  field(schema, { classification: 'personal', purpose, description })

export const technical = <T extends z.ZodType>(schema: T, purpose: Purpose, description?: string) =>
  field(schema, { classification: 'technical', purpose, description })

export const open = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'public', purpose: 'administration', description })

export const secret = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'secret', purpose: 'security', description })

/** 254 characters: the longest address that SMTP can carry (RFC 5321 §4.5.3.1.3 with erratum 1690). */
export const email = personal(z.email().max(254), 'mail', 'shown to nobody else')

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
