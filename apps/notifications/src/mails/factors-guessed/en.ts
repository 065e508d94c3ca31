import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/en.js'

export const texts: MailTexts = {
  subject: 'Somebody with your password tried to log in',
  heading: 'Somebody with your password tried to log in',
  paragraphs: [
    'At {{at}} several wrong codes or passkeys had followed the right password of @{{handle}}. Nobody got in with them.',
    'If that was you, all is well. We do not write about it again for a day.',
  ],
  button: 'Ask for a new password',
  note: 'It was not you? Then somebody else knows your password: ask for a new one at once.',
  because: securityMail,
}
