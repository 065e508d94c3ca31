import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/en.js'

export const texts: MailTexts = {
  subject: 'Your account has one more proof',
  heading: 'Added: {{detail}}',
  paragraphs: [
    'You can log in to @{{handle}} with one thing more since {{at}}: {{detail}}. All other sessions have ended.',
    'If that was you, all is well.',
  ],
  button: 'Ask for a new password',
  note: 'It was not you? Then ask for a new password at once, and take out what you did not add.',
  because: securityMail,
  details: {
    totp: 'the codes of an authenticator app',
    passkey: 'a passkey',
    other: 'a further proof',
  },
}
