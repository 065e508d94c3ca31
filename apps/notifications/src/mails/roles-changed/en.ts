import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/en.js'

export const texts: MailTexts = {
  subject: 'Your roles on the site have changed',
  heading: 'Your roles have changed',
  paragraphs: [
    'At {{at}} an operator of the site granted a role to @{{handle}}, or took one away.',
    'Your account shows the roles that it has now.',
  ],
  button: 'Ask for a new password',
  note: 'You know nothing of it? Then tell the operators, and choose a new password: that ends every session.',
  because: securityMail,
}
