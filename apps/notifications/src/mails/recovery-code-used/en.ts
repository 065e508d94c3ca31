import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/en.js'

export const texts: MailTexts = {
  subject: 'A recovery code was used',
  heading: 'A recovery code was used',
  paragraphs: [
    'Somebody used a recovery code of @{{handle}} at {{at}}; it is good no more.',
    'If that was you, all is well. Make new codes before the last one is gone.',
  ],
  button: 'Ask for a new password',
  note: 'It was not you? Then ask for a new password at once, and make new codes: that locks out whoever it was.',
  because: securityMail,
}
