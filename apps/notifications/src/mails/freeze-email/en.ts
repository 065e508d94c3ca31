import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/en.js'

export const texts: MailTexts = {
  subject: 'Your address is about to change',
  heading: 'Was that you?',
  paragraphs: [
    'Somebody who knows the password of @{{handle}} asked for another address. It counts once it is confirmed.',
    'If that was you, all is well. If not, freeze the change at once: this link works until {{until}}, but only as long as the new address is not confirmed.',
  ],
  button: 'Freeze the change',
  note: 'It was not you? Choose a new password too: that ends the change and every session.',
  because: securityMail,
}
