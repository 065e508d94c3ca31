import type { Language, LanguageFacts } from '@mpics/contracts'

export interface Person {
  name: string
  url: string
}

/** The content in the recipient's language, before layout. Plain text: the templates escape it. */
export interface MailContent {
  language: Language
  direction: LanguageFacts['direction']
  subject: string
  heading: string
  paragraphs: string[]
  people: Person[]
  button?: { label: string; url: string }
  /** How to reach the same place without the button; only where the link is what the mail is for. */
  fallback: string
  note: string
  /** Why the recipient gets this mail. */
  because: string
  unsubscribe: string
  privacy: string
  terms: string
}
