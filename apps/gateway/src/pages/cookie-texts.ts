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

interface Said {
  title: string
  text: string
}

/** Holds what is said of cookies. A cookie without texts does not compile. */
export interface CookieTexts {
  title: string
  about: string
  lead: string
  columns: { name: string; purpose: string; life: string; path: string; refused: string }
  others: string
  help: string
  /** The choice whether this browser is counted, and what is said of it once it is made. */
  counting: { title: string; text: string; rules: string; refuse: string; allow: string; refused: Said; allowed: Said }
  cookies: Readonly<Record<SiteCookie, CookieText>>
}

const textsByLanguage: Readonly<Record<Language, CookieTexts>> = { en, de }

export const cookieTextsIn = (language: Language): CookieTexts => textsByLanguage[language]
