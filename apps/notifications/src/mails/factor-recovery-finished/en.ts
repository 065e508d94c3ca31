import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/en.js'

export const texts: MailTexts = {
  subject: 'Your factors were removed',
  heading: 'Your factors were removed',
  paragraphs: [
    '@{{handle}} has no authenticator app, no passkey and no recovery codes since {{at}}, and all sessions have ended. The password alone logs you in.',
    'Add a new factor soon.',
  ],
  button: 'Ask for a new password',
  note: 'It was not you? Then ask for a new password at once: that locks out whoever it was.',
  because: securityMail,
}
