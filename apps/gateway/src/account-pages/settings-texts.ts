import type { Language } from '@mpics/contracts'
import type { Html } from '../pages/html.js'
import { de } from './settings-texts.de.js'
import { en } from './settings-texts.en.js'

interface Card {
  title: string
  text: string
}

/** Holds the texts of the pages on which members prove who they are, and change or close their account. */
export interface SettingsTexts {
  proof: {
    title: string
    text: string
    password: string
    code: string
    codeHint: string
    button: string
    failed: string
    wait: string
  }
  password: {
    link: string
    title: string
    current: string
    next: string
    hint: string
    button: string
    wrong: string
    refused: string
    done: Card
  }
  address: {
    link: string
    title: string
    text: string
    next: string
    current: string
    button: string
    refused: string
    frozen: string
    done: Card
  }
  consents: {
    link: string
    title: string
    lead: string
    closing: string
    nothing: string
    given: (at: Html) => Html
    refused: (at: Html) => Html
    never: string
    outdated: string
  }
  closing: {
    link: string
    title: string
    text: string
    unverified: string
    button: string
    done: (at: Html) => Html
    closing: (at: Html) => Html
    restore: string
    restoreTitle: string
  }
}

const textsByLanguage: Readonly<Record<Language, SettingsTexts>> = { en, de }

export const settingsTextsIn = (language: Language): SettingsTexts => textsByLanguage[language]
