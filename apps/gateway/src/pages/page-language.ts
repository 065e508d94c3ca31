import { DEFAULT_LANGUAGE, directionOf, languages } from '@mpics/contracts'
import { html } from './html.js'

/** The texts of all pages are in this language. */
const pageLanguage = DEFAULT_LANGUAGE

/** Attributes of every page’s root element. */
export const languageAttributes = html`lang="${pageLanguage}" dir="${directionOf(pageLanguage)}"`

/** BCP 47 tag of numbers on pages. */
export const pageFormats = languages[pageLanguage].formats
