import type { Phrases } from './phrases.js'

export const securityMail =
  'You get this mail because it is about the safety of your account. Mails of this kind are always sent.'

export const en: Phrases = {
  fallback: 'If the button does nothing, this address leads to the same place:',
  unsubscribe: 'Turn these mails off',
  privacy: 'Privacy policy',
  terms: 'Terms of use',
  more: 'and {{count}} more',
  account: '@{{handle}}, registered on {{at}}',
}
