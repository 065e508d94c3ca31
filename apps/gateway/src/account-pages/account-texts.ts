import type { Language } from '@mpics/contracts'
import type { Html } from '../pages/html.js'
import { de } from './account-texts.de.js'
import { en } from './account-texts.en.js'

interface Card {
  title: string
  text: string
}

/** Holds the texts of the pages on which people log in and settle what concerns their account. */
export interface AccountTexts {
  continue: { title: string; text: string; link: string }
  logIn: {
    title: string
    login: string
    password: string
    shared: string
    sharedHint: string
    button: string
    forgot: string
    failed: string
    wait: string
    locked: string
    done: Card
  }
  account: {
    title: string
    name: string
    address: string
    unverified: string
    sessions: string
    logOff: string
  }
  acceptance: { text: string; since: (at: Html) => Html; button: string }
  sessions: {
    title: string
    lead: string
    current: string
    shared: string
    unknownPlace: string
    since: string
    seen: string
    end: (device: string) => string
    endOthers: string
    alone: string
    more: string
  }
}

const textsByLanguage: Readonly<Record<Language, AccountTexts>> = { en, de }

export const accountTextsIn = (language: Language): AccountTexts => textsByLanguage[language]
