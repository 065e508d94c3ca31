import i18next from 'i18next'
import { de } from './texts.de.js'
import { en } from './texts.en.js'

export type LetterKind = keyof typeof en.mails

export interface Person {
  name: string
  url: string
}

/** What a mail says, in the recipient's language and before it is laid out. Plain text: nothing is escaped yet. */
export interface Letter {
  locale: string
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

export interface LetterValues {
  handle?: string
  name?: string
  /** Key of `rejections`. */
  rejection?: string
  at?: Date
  until?: Date
  count?: number
  people?: Person[]
  /** How many people are not named. */
  more?: number
  url?: string
}

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

const LINKED: readonly LetterKind[] = ['verify-email', 'reset-password']

export function letterOf(locale: string, kind: LetterKind, given: LetterValues): Letter {
  const values = printable(locale, given)
  const translate = i18n.getFixedT(locale) as unknown as (key: string, options: object) => string
  const say = (key: string) => translate(key, values)
  const paragraphs = en.mails[kind].paragraphs.map((_, i) => say(`mails.${kind}.paragraphs.${i}`))
  const ifAny = (part: 'button' | 'note') => (en.mails[kind][part] === '' ? '' : say(`mails.${kind}.${part}`))
  const label = ifAny('button')
  const more = given.more ? [{ name: translate('more', { count: given.more }), url: '' }] : []
  return {
    locale,
    subject: say(`mails.${kind}.subject`),
    heading: say(`mails.${kind}.heading`),
    paragraphs,
    people: [...(given.people ?? []), ...more],
    ...(given.url && label && { button: { label, url: given.url } }),
    fallback: given.url && LINKED.includes(kind) ? say('fallback') : '',
    note: ifAny('note'),
    because: say(`mails.${kind}.because`),
    unsubscribe: say('unsubscribe'),
    privacy: say('privacy'),
    terms: say('terms'),
  }
}

function printable(locale: string, { handle, name, rejection, at, until, count }: LetterValues) {
  const time = (date: Date | undefined) => date && `${timeIn(locale).format(date)} UTC`
  const reason = rejection && i18n.getFixedT(locale)(`rejections.${rejection}` as never, { defaultValue: '' })
  return { handle, name: name && oneLine(name), rejection: reason, at: time(at), until: time(until), count }
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format takes longer than all else in a letter. */
function timeIn(locale: string): Intl.DateTimeFormat {
  const known = formats.get(locale)
  if (known) return known
  const style = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const
  const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, style)
  formats.set(locale, format)
  return format
}

/** A line break in a value must not become a header or a paragraph of its own. */
const oneLine = (value: string) => value.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, 120)
