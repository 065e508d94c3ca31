import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/en.js'

export const texts: MailTexts = {
  subject: 'Your account is restored',
  heading: 'Welcome back, @{{handle}}',
  paragraphs: [
    'Your account is not being closed any more. Others see your profile, your photos and your follows again, as before.',
  ],
  button: 'Ask for a new password',
  note: 'It was not you? Then somebody knows your password: ask for a new one at once.',
  because: securityMail,
}
