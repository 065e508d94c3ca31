import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/en.js'

export const texts: MailTexts = {
  subject: 'Your address was changed',
  heading: 'This is your address now',
  paragraphs: [
    'Mails about @{{handle}} come here since {{at}}. All other sessions have ended.',
    'If that was you, all is well.',
  ],
  button: 'Ask for a new password',
  note: 'It was not you? Then ask for a new password at once: that locks out whoever it was.',
  because: securityMail,
}
