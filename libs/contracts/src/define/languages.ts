/** The languages of pages and mails. A language is added here, and every text that it lacks then fails a test. */
export const languages = {
  en: { name: 'English', direction: 'ltr', formats: 'en-GB' },
  de: { name: 'Deutsch', direction: 'ltr', formats: 'de' },
} as const satisfies Record<string, LanguageFacts>

export interface LanguageFacts {
  /** Its own name for itself. */
  readonly name: string
  /** For `dir` on pages and in mails. */
  readonly direction: 'ltr' | 'rtl'
  /** BCP 47 tag for dates and numbers. */
  readonly formats: string
}

export type Language = keyof typeof languages

/** People who speak none of the languages get this one. */
export const DEFAULT_LANGUAGE: Language = 'en'

export const languageCodes = Object.keys(languages) as [Language, ...Language[]]

const isLanguage = (code: string): code is Language => Object.hasOwn(languages, code)

/** The language that comes closest to a BCP 47 tag, e.g. `de` for `de-AT`; the default one for a tag that is not known. */
export function languageOf(tag: string | null | undefined): Language {
  const primary = (tag ?? '').split('-', 1)[0]!.toLowerCase()
  return isLanguage(primary) ? primary : DEFAULT_LANGUAGE
}

export const directionOf = (language: Language): LanguageFacts['direction'] => languages[language].direction

/** Writes moments on pages and in mails, with the name of the zone. Throws a RangeError for a zone that ICU does not know. */
export const timeFormat = (language: Language, timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(languages[language].formats, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  })
