import type { DataCategory, Language } from '@mpics/contracts'
import { de } from './privacy-texts.de.js'
import { en } from './privacy-texts.en.js'

/** Holds what is said of data and categories of them. A category without a text does not compile. */
export interface PrivacyTexts {
  categories: Readonly<Record<DataCategory, { name: string; text: string }>>
  inventory: {
    title: string
    about: string
    lead: string
    /** Where the facts are in another language than the page. */
    language: string
    thirdParties: string
    columns: { where: string; about: string; retention: string; recipients: string; fields: string }
    fields: (count: number, purpose: string) => string
  }
  mine: {
    link: string
    title: string
    lead: string
    closing: (at: string) => string
    missing: (services: string) => string
    records: (count: number, isMore: boolean) => string
    files: string
    until: string
    ends: (at: string) => string
    nothing: string
    inventory: string
    received: { title: string; none: string }
    looks: { title: string; none: string }
    consents: { title: string; none: string }
    notices: { title: string; none: string }
    granted: string
    withdrawn: string
    staff: string
  }
}

const textsByLanguage: Readonly<Record<Language, PrivacyTexts>> = { en, de }

export const privacyTextsIn = (language: Language): PrivacyTexts => textsByLanguage[language]
