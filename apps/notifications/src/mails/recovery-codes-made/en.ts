import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/en.js'

export const texts: MailTexts = {
  subject: 'You have new recovery codes',
  heading: 'Ten new recovery codes',
  paragraphs: [
    '@{{handle}} has ten new recovery codes since {{at}}; those from before are good no more.',
    'If that was you, all is well.',
  ],
  button: 'Ask for a new password',
  note: 'It was not you? Then ask for a new password at once: that locks out whoever it was.',
  because: securityMail,
}
