import type { EmailCategory } from '../mail-definition/define-mail.js'
import { mails } from './mails.generated.js'

const byKind = new Map(mails.map((mail) => [mail.kind, mail]))
const digests = new Map(mails.filter(({ digest }) => digest).map(({ category, kind }) => [category, kind]))

/** Undefined for a kind that only another version knows. */
export const mailOf = (kind: string) => byKind.get(kind)

/** The kind of mail that gathers those of a category; without one they are sent at once. */
export const digestOf = (category: EmailCategory): string | undefined => digests.get(category)
