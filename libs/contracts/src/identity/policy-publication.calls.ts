import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { type Language, languageCodes } from '../define/languages.js'
import { named, shownAs } from '../define/named.js'
import { proseText } from '../define/text.js'
import { documentName, open, technical } from './fields.js'
import { policy } from './policy.calls.js'

const policyText = named(
  'PolicyText',
  z.strictObject({
    text: open(
      shownAs(proseText(100_000), '# Privacy policy\n\nWe …'),
      'Markdown; pages show HTML in it as text, and load no pictures',
    ),
    summary: open(shownAs(proseText(1_000), 'Says what is held, and why.'), 'plain text, for mails and announcements'),
  }),
)

type Translation = Exclude<Language, 'en'>

const translations = Object.fromEntries(
  languageCodes.filter((code) => code !== 'en').map((code) => [code, policyText.optional()]),
) as Record<Translation, z.ZodOptional<typeof policyText>>

const newVersion = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/, {
  error: '1 to 32 letters, digits, dots, hyphens and underscores, beginning with a letter or digit',
})

export const publishPolicy = defineApi({
  name: 'publishPolicy',
  service: 'identity',
  method: 'POST',
  path: '/v1/admin/policies',
  summary:
    'Publishes a version of a document. Everybody sees the announcement at once, and every verified account gets a mail. A published version never changes: the same one again is answered as before, the same name with anything else is refused (409 `identity.policy-published`), and so is one that comes into force before another does (409 `identity.policy-order`).',
  access: { roles: ['policy'] },
  proof: true,
  scope: null,
  idempotent: true,
  body: z.strictObject({
    document: documentName,
    version: open(shownAs(newVersion, '2027-01-01'), 'a name that the document has not had'),
    effectiveAt: technical(
      shownAs(z.iso.datetime({ offset: true }), '2027-01-01T00:00:00.000Z'),
      'administration',
      'in the future, at most a hundred years ahead',
    ),
    texts: open(
      named('PolicyTexts', z.strictObject({ en: policyText, ...translations })),
      'by language, English at least',
    ),
  }),
  status: 201,
  answer: policy,
  location: '/v1/policies/{document}?version={version}',
  problems: ['identity.policy-published', 'identity.policy-order', 'identity.policies-full'],
})
