import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/en.js'

export const texts: MailTexts = {
  subject: 'A log-in from a new device',
  heading: 'Was that you?',
  paragraphs: [
    'Somebody logged in as @{{handle}} in the hour from {{at}}, from a browser that we had not seen you use before.',
    'If that was you, all is well.',
  ],
  button: 'Ask for a new password',
  note: 'It was not you? Then choose a new password: that ends every session.',
  because: securityMail,
}
