import i18next from 'i18next'
import { de } from './texts.de.js'
import { en } from './texts.en.js'

/** What a mail says, before it is laid out. */
export interface Texts {
  subject: string
  heading: string
  paragraphs: string[]
  button?: { label: string; url: string }
  /** Why the recipient gets this mail. */
  because: string
  unsubscribe: string
  policy: string
}

export type TextKind = keyof typeof en.mails

const i18n = i18next.createInstance()
// with its texts at hand it needs no loading, and so no waiting
void i18n.init({
  initAsync: false,
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: en }, de: { translation: de } },
  // values are escaped once, where the HTML is made; subjects and texts are not HTML
  interpolation: { escapeValue: false },
})

/** A line break in a value must not become a header or a paragraph of its own. */
const oneLine = (value: string) => value.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, 200)

export function textsOf(locale: string, kind: TextKind, values: Record<string, string>, url?: string): Texts {
  const translate = i18n.getFixedT(locale)
  const clean = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, oneLine(value)]))
  const text = (key: string) => translate(key as never, clean as never) as unknown as string
  const paragraphs = translate(
    `mails.${kind}.paragraphs` as never,
    { ...clean, returnObjects: true } as never,
  ) as unknown as string[]
  const label = url && text(`mails.${kind}.button`)
  return {
    subject: text(`mails.${kind}.subject`),
    heading: text(`mails.${kind}.heading`),
    paragraphs,
    ...(url && label && { button: { label, url } }),
    because: text(`mails.${kind}.because`),
    unsubscribe: text('unsubscribe'),
    policy: text('policy'),
  }
}
