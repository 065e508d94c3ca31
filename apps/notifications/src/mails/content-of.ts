import { DEFAULT_LANGUAGE, directionOf, type Language, languageCodes, languageOf, languages } from '@mpics/contracts'
import i18next from 'i18next'
import type { MailValues } from '../mail-definition/define-mail.js'
import { phrasesByLanguage } from '../phrases/phrases-by-language.js'
import type { MailContent } from '../templates/mail-content.js'
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

/** `tag`: the language that the recipient asked for, as BCP 47 names it. */
export function contentOf(tag: string, kind: string, given: MailValues): MailContent {
  const language = languageOf(tag)
  const translate = translator(language)
  const values = printable(language, kind, given)
  const say = (key: string) => translate(key, values)
  const { paragraphs, ...parts } = mailOf(kind)!.texts[DEFAULT_LANGUAGE]
  const ifAny = (part: 'button' | 'note') => (parts[part] === '' ? '' : say(`mails.${kind}.${part}`))
  const label = ifAny('button')
  const more = given.more ? [{ name: translate('more', { count: given.more }), url: '' }] : []
  return {
    language,
    direction: directionOf(language),
    subject: say(`mails.${kind}.subject`),
    heading: say(`mails.${kind}.heading`),
    paragraphs: paragraphs.map((_, i) => say(`mails.${kind}.paragraphs.${i}`)),
    people: [...(given.people ?? []), ...accountsIn(language, given), ...more],
    ...(given.url && label && { button: { label, url: given.url } }),
    // a link that ends is what its mail is for
    fallback: given.url && given.until ? say('fallback') : '',
    note: ifAny('note'),
    because: say(`mails.${kind}.because`),
    unsubscribe: say('unsubscribe'),
    privacy: say('privacy'),
    terms: say('terms'),
  }
}

function printable(language: Language, kind: string, { handle, name, detail, at, until, count }: MailValues) {
  const time = (date: Date | undefined) => date && timeOf(language, date)
  return {
    handle,
    name: name && oneLine(name),
    detail: detail && wordsFor(language, kind, detail),
    at: time(at),
    until: time(until),
    count,
  }
}

const accountsIn = (language: Language, { accounts = [] }: MailValues) =>
  accounts.map(({ handle, at, url }) => {
    const name = translator(language)('account', { handle, at: timeOf(language, at) })
    return { name, url }
  })

const timeOf = (language: Language, date: Date): string => `${timeIn(language).format(date)} UTC`

const wordsFor = (language: Language, kind: string, detail: string) =>
  translator(language)([`mails.${kind}.details.${detail}`, `mails.${kind}.details.other`], { defaultValue: '' })

const formats = new Map<Language, Intl.DateTimeFormat>()

/** Making a format takes longer than all else in a mail. */
function timeIn(language: Language): Intl.DateTimeFormat {
  const known = formats.get(language)
  if (known) return known
  const style = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const
  const format = new Intl.DateTimeFormat(languages[language].formats, style)
  formats.set(language, format)
  return format
}

/** A line break in a value must not become a header or a paragraph of its own. */
const oneLine = (value: string) => value.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, 120)
