import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/en.js'

export const texts: MailTexts = {
  subject: 'Your account has one proof less',
  heading: 'Removed: {{detail}}',
  paragraphs: [
    'You can no longer log in to @{{handle}} with this, since {{at}}: {{detail}}. All other sessions have ended.',
    'If that was you, all is well.',
  ],
  button: 'Ask for a new password',
  note: 'It was not you? Then ask for a new password at once: that locks out whoever it was.',
  because: securityMail,
  details: {
    totp: 'the codes of an authenticator app',
    passkey: 'a passkey',
    other: 'a further proof',
  },
}
