import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/en.js'

export const texts: MailTexts = {
  subject: 'A new token for a program',
  heading: 'Was that you?',
  paragraphs: [
    'Since {{at}} there is a new token with which a program can use the account @{{handle}} without your password.',
    'If that was you, all is well. Your settings list all tokens, and what each may do.',
  ],
  button: 'Ask for a new password',
  note: 'It was not you? Then choose a new password: that ends every session and every token.',
  because: securityMail,
}
