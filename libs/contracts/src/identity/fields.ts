import { z } from 'zod'
import { characters } from '../define/characters.js'
import { emailAddressOf } from '../define/email-address.js'
import { field, type Purpose } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { trimmed } from '../define/text.js'
import { locale } from './account.events.js'
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
  shownAs(
    z
      .string()
      .overwrite((text) => trimmed(text).normalize('NFC'))
      .max(254)
      .refine((text) => emailAddressOf(text) !== undefined, { error: 'an e-mail address, such as ana@example.org' })
      .meta({ format: 'idn-email' }),
    'ansel@people.example',
  ),
  'mail',
  'shown to nobody else; blanks around it do not count',
)

export const handle = personal(
  shownAs(
    z
      .string()
      .min(3)
      .max(30)
      .regex(/^[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])$/, {
        error: 'letters, digits, - and _, beginning and ending with a letter or digit',
      }),
    'ansel_a',
  ),
  'account',
  'the name in addresses, unique whatever its case; never changes',
)

export const newPassword = secret(
  shownAs(characters(12, 256), 'correct horse battery 7'),
  'any characters; not a commonly used one, and not like the handle or address',
)

export const policyVersion = (description?: string) => open(shownAs(characters(1, 32), '2015-03-14'), description)

export const oneTimeToken = secret(
  shownAs(characters(1, 128), 'Zk3v9Qm2tX8cLwY0aB1nRf5e'),
  'from the link in the mail; works once',
)

export const documentName = open(named('PolicyDocument', policyDocuments.strict))

export const language = named('Language', locale)
