import type { Language } from '@mpics/contracts'
import { de } from './factor-texts.de.js'
import { en } from './factor-texts.en.js'

/** Holds the texts of the pages about what a log-in takes beside the password. */
export interface FactorTexts {
  passkey: { use: string; button: string; failed: string; refused: string; noScript: string }
  step: {
    title: string
    text: string
    code: string
    recoveryCode: string
    button: string
    failed: string
    expired: string
    lost: string
  }
  factors: {
    link: string
    title: string
    lead: string
    app: string
    appOn: (at: string) => string
    appOff: string
    setUp: string
    remove: string
    codes: string
    codesLeft: (count: number) => string
    newCodes: string
    passkeys: string
  }
  totp: { title: string; text: string; picture: string; secret: string; code: string; button: string; failed: string }
  codes: { title: string; text: string; done: string; back: string }
  passkeys: {
    title: string
    lead: string
    none: string
    added: string
    used: string
    never: string
    remove: (name: string) => string
    add: string
    addTitle: string
    addText: string
    name: string
    refused: string
  }
  lost: {
    title: string
    text: string
    login: string
    password: string
    button: string
    failed: string
    tooNew: string
    sent: { title: string; text: string }
  }
}

const textsByLanguage: Readonly<Record<Language, FactorTexts>> = { en, de }

export const factorTextsIn = (language: Language): FactorTexts => textsByLanguage[language]
