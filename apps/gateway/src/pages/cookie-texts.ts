import type { Language } from '@mpics/contracts'
import type { SiteCookie } from '../cookies.js'
import { de } from './cookie-texts.de.js'
import { en } from './cookie-texts.en.js'

interface CookieText {
  purpose: string
  life: string
  /** What changes for who refuses it. */
  refused: string
}

/** Holds what is said of cookies. A cookie without texts does not compile. */
export interface CookieTexts {
  title: string
  about: string
  lead: string
  columns: { name: string; purpose: string; life: string; path: string; refused: string }
  others: string
  help: string
  cookies: Readonly<Record<SiteCookie, CookieText>>
}

const textsByLanguage: Readonly<Record<Language, CookieTexts>> = { en, de }

export const cookieTextsIn = (language: Language): CookieTexts => textsByLanguage[language]
