import type { MailTexts } from '../../mail-definition/mail-texts.js'

export const texts: MailTexts = {
  subject: 'A new version of our {{detail}}',
  heading: 'A new version of our {{detail}}',
  paragraphs: ['It applies from {{at}} on. In short:', '{{summary}}'],
  button: 'Read it',
  note: '',
  because:
    'You get this mail because you have an account. Notices of this kind go to every member and cannot be turned off.',
  details: { privacy: 'privacy policy', terms: 'Terms of use', other: 'rules' },
  links: { changes: 'What changes, word by word' },
}
