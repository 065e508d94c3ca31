import type { Language } from '@mpics/contracts'
import { de } from './de.js'
import { en } from './en.js'
import type { Phrases } from './phrases.js'

/** Mails of every kind use them. */
export const phrasesByLanguage: Record<Language, Phrases> = { en, de }
