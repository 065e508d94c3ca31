import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/en.js'

export const texts: MailTexts = {
  subject: 'Your factors stay',
  heading: 'Your factors stay',
  paragraphs: [
    'The removal of the factors of @{{handle}} was cancelled at {{at}}.',
    'If you had not asked for it, somebody else knows your password.',
  ],
  button: 'Ask for a new password',
  note: '',
  because: securityMail,
}
