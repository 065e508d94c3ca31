import { DEFAULT_LANGUAGE, directionOf, type Language, languageOf, timeFormat } from '@mpics/contracts'
import type { FastifyRequest } from 'fastify'
import { type Html, html } from './html.js'
import { de } from './page-texts.de.js'
import { en } from './page-texts.en.js'
import type { PageTexts } from './page-texts.js'

const textsByLanguage: Readonly<Record<Language, PageTexts>> = { en, de }

export const textsIn = (language: Language): PageTexts => textsByLanguage[language]

/** Links in mails say the language of the mail. Without such a link a page has the default language. */
export function pageLanguageOf({ query }: FastifyRequest): Language {
  const { lang } = query as { lang?: unknown }
  return languageOf(typeof lang === 'string' ? lang : undefined)
}

/** For the address of a form or link that stays in the language. */
export const languageQuery = (language: Language): string => (language === DEFAULT_LANGUAGE ? '' : `?lang=${language}`)

/** Attributes of the root element, or of a part in another language. */
export const languageAttributes = (language: Language = DEFAULT_LANGUAGE): Html =>
  html`lang="${language}" dir="${directionOf(language)}"`

export const timeIn = (language: Language, at: string): string => timeFormat(language, 'UTC').format(new Date(at))
