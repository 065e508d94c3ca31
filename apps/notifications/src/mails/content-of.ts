import { DEFAULT_LANGUAGE, directionOf, type Language, languageCodes, languageOf, timeFormat } from '@mpics/contracts'
import i18next from 'i18next'
import type { MailValues } from '../mail-definition/define-mail.js'
import { phrasesByLanguage } from '../phrases/phrases-by-language.js'
import { inLanguage } from '../templates/in-language.js'
import type { MailContent, Person } from '../templates/mail-content.js'
import { mailOf } from './mail-of.js'
import { mails } from './mails.generated.js'

const textsIn = (language: Language) => ({
  ...phrasesByLanguage[language],
  mails: Object.fromEntries(mails.map(({ kind, texts }) => [kind, texts[language]])),
})

const i18n = i18next.createInstance()
// with its texts at hand it needs no loading, and so no waiting
void i18n.init({
  initAsync: false,
  lng: DEFAULT_LANGUAGE,
  fallbackLng: DEFAULT_LANGUAGE,
  resources: Object.fromEntries(languageCodes.map((code) => [code, { translation: textsIn(code) }])),
  // values are escaped once, where the HTML is made; subjects and texts are not HTML
  interpolation: { escapeValue: false },
})

type Translate = (key: string | string[], options?: object) => string
const translator = (language: Language) => i18n.getFixedT(language) as unknown as Translate

/** Whom a mail is for: `locale` is the language that they asked for, as BCP 47 names it. */
export interface Reader {
  locale: string
  timeZone?: string
}

export function contentOf({ locale, timeZone = 'UTC' }: Reader, kind: string, given: MailValues): MailContent {
  const language = languageOf(locale)
  const timeOf = (date: Date) => formatOf(language, timeZone).format(date)
  const translate = translator(language)
  const values = printable(language, kind, given, timeOf)
  const say = (key: string) => translate(key, values)
  const { paragraphs, ...parts } = mailOf(kind)!.texts[DEFAULT_LANGUAGE]
  const ifAny = (part: 'button' | 'note') => (parts[part] === '' ? '' : say(`mails.${kind}.${part}`))
  const label = ifAny('button')
  const linked = ({ name, url }: Person) => ({ name, url: inLanguage(language, url) })
  const more = given.more ? [{ name: translate('more', { count: given.more }), url: '' }] : []
  const further = (given.links ?? []).map(({ label, url }) => ({ name: say(`mails.${kind}.links.${label}`), url }))
  return {
    language,
    direction: directionOf(language),
    subject: say(`mails.${kind}.subject`),
    heading: say(`mails.${kind}.heading`),
    paragraphs: paragraphs.map((_, i) => say(`mails.${kind}.paragraphs.${i}`)),
    people: [...(given.people ?? []), ...accountsIn(language, given, timeOf), ...more, ...further].map(linked),
    ...(given.url && label && { button: { label, url: inLanguage(language, given.url) } }),
    // a link that ends is what its mail is for
    fallback: given.url && given.until ? say('fallback') : '',
    note: ifAny('note'),
    because: say(`mails.${kind}.because`),
    unsubscribe: say('unsubscribe'),
    privacy: say('privacy'),
    terms: say('terms'),
  }
}

type TimeOf = (date: Date) => string

function printable(language: Language, kind: string, values: MailValues, timeOf: TimeOf) {
  const { handle, name, detail, at, until, count, receipt, summary } = values
  return {
    handle,
    name: name && oneLine(name),
    detail: detail && wordsFor(language, kind, detail),
    at: at && timeOf(at),
    until: until && timeOf(until),
    count,
    receipt,
    summary,
  }
}

const accountsIn = (language: Language, { accounts = [] }: MailValues, timeOf: TimeOf) =>
  accounts.map(({ handle, at, url }) => {
    const name = translator(language)('account', { handle, at: timeOf(at) })
    return { name, url }
  })

const wordsFor = (language: Language, kind: string, detail: string) =>
  translator(language)([`mails.${kind}.details.${detail}`, `mails.${kind}.details.other`], { defaultValue: '' })

const formats = new Map<string, Intl.DateTimeFormat>()
/** More than there are places, in every language. */
const MAX_FORMATS = 2_000

/** Making a format takes longer than all else in a mail. */
function formatOf(language: Language, timeZone: string): Intl.DateTimeFormat {
  const key = `${language} ${timeZone}`
  const known = formats.get(key)
  if (known) return known
  const format = newFormat(language, timeZone)
  if (formats.size < MAX_FORMATS) formats.set(key, format)
  return format
}

/** A zone that this release of ICU does not know must not keep a mail back. */
function newFormat(language: Language, timeZone: string): Intl.DateTimeFormat {
  try {
    return timeFormat(language, timeZone)
  } catch {
    return timeFormat(language, 'UTC')
  }
}

/** A line break in a value must not become a header or a paragraph of its own. */
const oneLine = (value: string) => value.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, 120)
