import type { Phrases } from './phrases.js'

export const securityMail =
  'Du bekommst diese Mail, weil es um die Sicherheit deines Kontos geht. Solche Mails werden immer geschickt.'

export const de: Phrases = {
  fallback: 'Falls der Knopf nichts tut, führt diese Adresse zum selben Ort:',
  unsubscribe: 'Diese Mails abstellen',
  privacy: 'Datenschutzerklärung',
  terms: 'Nutzungsbedingungen',
  more: 'und {{count}} weitere',
  account: '@{{handle}}, angemeldet am {{at}}',
}
